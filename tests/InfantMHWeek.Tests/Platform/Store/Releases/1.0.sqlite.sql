-- A small site as version 1.0 kept it, with rows in every table. UpgradeTests bring it to today's version, with its data.
-- The schema is what the migrations of 1.0 make; the rows are as 1.0 wrote them. The words behind its links are in KeptReleases.cs.
-- It never changes. Whoever releases a version adds a file of that version: see README.md beside it.

CREATE TABLE "AccessNeeds" (
    "ApplicationId" TEXT NOT NULL CONSTRAINT "PK_AccessNeeds" PRIMARY KEY,
    "Text" TEXT NOT NULL,
    CONSTRAINT "FK_AccessNeeds_Applications_ApplicationId" FOREIGN KEY ("ApplicationId") REFERENCES "Applications" ("Id") ON DELETE CASCADE
);
CREATE TABLE "ApplicationDrafts" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_ApplicationDrafts" PRIMARY KEY,
    "Hash" TEXT NOT NULL,
    "CohortId" TEXT NOT NULL,
    "Reference" TEXT NOT NULL,
    "Early" INTEGER NOT NULL,
    "Answers" TEXT NOT NULL,
    "StartedAt" TEXT NOT NULL,
    "TouchedAt" TEXT NOT NULL,
    "SentAt" TEXT NULL,
    "LinksMailed" INTEGER NOT NULL,
    CONSTRAINT "FK_ApplicationDrafts_Cohorts_CohortId" FOREIGN KEY ("CohortId") REFERENCES "Cohorts" ("Id") ON DELETE CASCADE
);
CREATE TABLE "ApplicationSteps" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_ApplicationSteps" PRIMARY KEY,
    "ApplicationId" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    "By" TEXT NOT NULL,
    "Reason" TEXT NULL,
    CONSTRAINT "FK_ApplicationSteps_Applications_ApplicationId" FOREIGN KEY ("ApplicationId") REFERENCES "Applications" ("Id") ON DELETE CASCADE
);
CREATE TABLE "Applications" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Applications" PRIMARY KEY,
    "CohortId" TEXT NOT NULL,
    "Reference" TEXT NOT NULL,
    "AppliedAt" TEXT NOT NULL,
    "Position" INTEGER NOT NULL,
    "Name" TEXT NOT NULL,
    "Email" TEXT NOT NULL,
    "AddressKey" TEXT NOT NULL,
    "Role" TEXT NULL,
    "Organisation" TEXT NOT NULL,
    "OrganisationKey" TEXT NOT NULL,
    "CharityNumber" TEXT NULL,
    "Kind" TEXT NOT NULL,
    "Nation" TEXT NOT NULL,
    "WorksWith" TEXT NOT NULL,
    "NamedBy" TEXT NULL,
    "State" TEXT NOT NULL,
    "StateSince" TEXT NOT NULL,
    "OfferedUntil" TEXT NULL,
    "SkipReason" TEXT NULL,
    "AddressUsedAt" TEXT NULL,
    "EvaluatedOn" TEXT NULL,
    "StaffNote" TEXT NULL,
    CONSTRAINT "FK_Applications_Cohorts_CohortId" FOREIGN KEY ("CohortId") REFERENCES "Cohorts" ("Id") ON DELETE CASCADE
);
CREATE TABLE "AuditEntries" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_AuditEntries" PRIMARY KEY,
    "At" TEXT NOT NULL,
    "StaffId" TEXT NULL,
    "Who" TEXT NOT NULL,
    "What" TEXT NOT NULL,
    "About" TEXT NULL
);
CREATE TABLE "ChoreTurns" (
    "Name" TEXT NOT NULL CONSTRAINT "PK_ChoreTurns" PRIMARY KEY,
    "DueAt" TEXT NOT NULL,
    "DoneAt" TEXT NULL,
    "FailedAt" TEXT NULL
);
CREATE TABLE "Cohorts" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Cohorts" PRIMARY KEY,
    "Course" TEXT NOT NULL,
    "Title" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Places" INTEGER NOT NULL,
    "PlacesTaken" INTEGER NOT NULL,
    "LastPosition" INTEGER NOT NULL,
    "PerOrganisation" INTEGER NULL,
    "DecideFirst" INTEGER NOT NULL,
    "OfferHours" INTEGER NOT NULL,
    "HeadStartHours" INTEGER NOT NULL,
    "MissedAllowed" INTEGER NOT NULL,
    "OpensAt" TEXT NULL,
    "ClosesAt" TEXT NULL,
    "InterestToldAt" TEXT NULL,
    "EvaluationAskedAt" TEXT NULL,
    "StartsAt" TEXT NULL,
    "EndsAt" TEXT NULL,
    "CreatedAt" TEXT NOT NULL,
    "CancelledAt" TEXT NULL,
    "CancelReason" TEXT NULL,
    CONSTRAINT "CK_Cohorts_PlacesTaken" CHECK ("PlacesTaken" >= 0)
);
CREATE TABLE "ContactMessages" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_ContactMessages" PRIMARY KEY,
    "Form" TEXT NOT NULL,
    "Reference" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "Name" TEXT NULL,
    "Email" TEXT NOT NULL,
    "Text" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    "DueOn" TEXT NULL,
    "AnsweredAt" TEXT NULL,
    "AnsweredBy" TEXT NULL
);
CREATE TABLE "CourseAttendances" (
    "ApplicationId" TEXT NOT NULL,
    "SessionId" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    "By" TEXT NOT NULL,
    CONSTRAINT "PK_CourseAttendances" PRIMARY KEY ("ApplicationId", "SessionId"),
    CONSTRAINT "FK_CourseAttendances_Applications_ApplicationId" FOREIGN KEY ("ApplicationId") REFERENCES "Applications" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_CourseAttendances_CourseSessions_SessionId" FOREIGN KEY ("SessionId") REFERENCES "CourseSessions" ("Id") ON DELETE CASCADE
);
CREATE TABLE "CourseCertificates" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_CourseCertificates" PRIMARY KEY,
    "Code" TEXT NOT NULL,
    "ApplicationId" TEXT NULL,
    "Name" TEXT NOT NULL,
    "Course" TEXT NOT NULL,
    "CohortName" TEXT NOT NULL,
    "SessionsAttended" INTEGER NOT NULL,
    "SessionsHeld" INTEGER NOT NULL,
    "CompletedOn" TEXT NOT NULL,
    "IssuedAt" TEXT NOT NULL
);
CREATE TABLE "CourseEvaluations" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_CourseEvaluations" PRIMARY KEY,
    "CohortId" TEXT NOT NULL,
    "Useful" INTEGER NOT NULL,
    "Confident" INTEGER NOT NULL,
    "Best" TEXT NULL,
    "Better" TEXT NULL,
    CONSTRAINT "FK_CourseEvaluations_Cohorts_CohortId" FOREIGN KEY ("CohortId") REFERENCES "Cohorts" ("Id") ON DELETE CASCADE
);
CREATE TABLE "CourseInterests" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_CourseInterests" PRIMARY KEY,
    "Course" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Email" TEXT NOT NULL,
    "AddressKey" TEXT NOT NULL,
    "Organisation" TEXT NULL,
    "Nation" TEXT NULL,
    "RenewedAt" TEXT NOT NULL,
    "ConfirmedAt" TEXT NULL
);
CREATE TABLE "CourseLinks" (
    "Hash" TEXT NOT NULL CONSTRAINT "PK_CourseLinks" PRIMARY KEY,
    "Purpose" TEXT NOT NULL,
    "Opens" TEXT NOT NULL,
    "MadeAt" TEXT NOT NULL
);
CREATE TABLE "CourseSessions" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_CourseSessions" PRIMARY KEY,
    "CohortId" TEXT NOT NULL,
    "Number" INTEGER NOT NULL,
    "Date" TEXT NOT NULL,
    "Starts" TEXT NOT NULL,
    "Ends" TEXT NOT NULL,
    "StartsUtc" TEXT NOT NULL,
    "EndsUtc" TEXT NOT NULL,
    "Place" TEXT NULL,
    "OnlineLink" TEXT NULL,
    "Sequence" INTEGER NOT NULL,
    "Code" TEXT NULL,
    "RemindedAt" TEXT NULL,
    CONSTRAINT "FK_CourseSessions_Cohorts_CohortId" FOREIGN KEY ("CohortId") REFERENCES "Cohorts" ("Id") ON DELETE CASCADE
);
CREATE TABLE "CourseTallies" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_CourseTallies" PRIMARY KEY,
    "CohortId" TEXT NOT NULL,
    "Nation" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "Count" INTEGER NOT NULL,
    CONSTRAINT "FK_CourseTallies_Cohorts_CohortId" FOREIGN KEY ("CohortId") REFERENCES "Cohorts" ("Id") ON DELETE CASCADE
);
CREATE TABLE "EventConcerns" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_EventConcerns" PRIMARY KEY,
    "EventId" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    "Words" TEXT NOT NULL,
    "ClosedAt" TEXT NULL,
    "ClosedBy" TEXT NULL,
    CONSTRAINT "FK_EventConcerns_Events_EventId" FOREIGN KEY ("EventId") REFERENCES "Events" ("Id") ON DELETE CASCADE
);
CREATE TABLE "EventDates" (
    "EventId" TEXT NOT NULL,
    "Number" INTEGER NOT NULL,
    "Day" TEXT NOT NULL,
    "StartUtc" TEXT NOT NULL,
    "EndUtc" TEXT NOT NULL,
    "Cell" INTEGER NOT NULL,
    "Region" INTEGER NOT NULL,
    "Tags" INTEGER NOT NULL,
    "Minute" INTEGER NOT NULL,
    "Minutes" INTEGER NOT NULL,
    "X" REAL NOT NULL,
    "Y" REAL NOT NULL,
    "Z" REAL NOT NULL,
    CONSTRAINT "PK_EventDates" PRIMARY KEY ("EventId", "Number"),
    CONSTRAINT "FK_EventDates_Events_EventId" FOREIGN KEY ("EventId") REFERENCES "Events" ("Id") ON DELETE CASCADE
);
CREATE TABLE "EventLinks" (
    "Hash" TEXT NOT NULL CONSTRAINT "PK_EventLinks" PRIMARY KEY,
    "EventId" TEXT NOT NULL,
    "Mailed" INTEGER NOT NULL,
    "MadeAt" TEXT NOT NULL,
    CONSTRAINT "FK_EventLinks_Events_EventId" FOREIGN KEY ("EventId") REFERENCES "Events" ("Id") ON DELETE CASCADE
);
CREATE TABLE "EventSteps" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_EventSteps" PRIMARY KEY,
    "EventId" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    "Who" TEXT NOT NULL,
    "What" TEXT NOT NULL,
    "Words" TEXT NOT NULL,
    CONSTRAINT "FK_EventSteps_Events_EventId" FOREIGN KEY ("EventId") REFERENCES "Events" ("Id") ON DELETE CASCADE
);
CREATE TABLE "Events" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Events" PRIMARY KEY,
    "Slug" TEXT NULL,
    "Contact" TEXT NOT NULL,
    "ContactName" TEXT NOT NULL,
    "ContactPhone" TEXT NOT NULL,
    "StartedAt" TEXT NOT NULL,
    "ConfirmedAt" TEXT NULL,
    "SentAt" TEXT NULL,
    "WaitingSince" TEXT NULL,
    "AskedAt" TEXT NULL,
    "DeclinedAt" TEXT NULL,
    "ApprovedAt" TEXT NULL,
    "PostponedAt" TEXT NULL,
    "CancelledAt" TEXT NULL,
    "WithdrawnAt" TEXT NULL,
    "ImportedAt" TEXT NULL,
    "ThankedAt" TEXT NULL,
    "ReportedAt" TEXT NULL,
    "PeopleCame" INTEGER NULL,
    "UpdatedAt" TEXT NOT NULL,
    "Sequence" INTEGER NOT NULL,
    "Revision" INTEGER NOT NULL,
    "Proposed" TEXT NULL,
    "Live" TEXT NULL,
    "Sample" INTEGER NOT NULL
);
CREATE TABLE "HandOvers" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_HandOvers" PRIMARY KEY,
    "ApplicationId" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Email" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    CONSTRAINT "FK_HandOvers_Applications_ApplicationId" FOREIGN KEY ("ApplicationId") REFERENCES "Applications" ("Id") ON DELETE CASCADE
);
CREATE TABLE "KeyRecords" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_KeyRecords" PRIMARY KEY
);
CREATE TABLE "MediaPictures" (
    "File" TEXT NOT NULL CONSTRAINT "PK_MediaPictures" PRIMARY KEY,
    "Alternative" TEXT NOT NULL,
    "Decorative" INTEGER NOT NULL,
    "At" TEXT NOT NULL,
    "Who" TEXT NOT NULL
);
CREATE TABLE "OutboxMails" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_OutboxMails" PRIMARY KEY,
    "Kind" TEXT NOT NULL,
    "About" TEXT NOT NULL,
    "To" TEXT NOT NULL,
    "Subject" TEXT NOT NULL,
    "Text" TEXT NOT NULL,
    "Html" TEXT NOT NULL,
    "Calendar" TEXT NULL,
    "LeaveAt" TEXT NULL,
    "QueuedAt" TEXT NOT NULL,
    "NextAttemptAt" TEXT NOT NULL,
    "Attempts" INTEGER NOT NULL,
    "LeasedUntil" TEXT NULL,
    "SentAt" TEXT NULL,
    "GivenUpAt" TEXT NULL,
    "LastProblem" TEXT NULL
);
CREATE TABLE "PageDrafts" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_PageDrafts" PRIMARY KEY,
    "File" TEXT NOT NULL,
    "StaffId" TEXT NOT NULL,
    "Who" TEXT NOT NULL,
    "Text" TEXT NOT NULL,
    "BaseText" TEXT NULL,
    "BaseHash" TEXT NULL,
    "Stamp" INTEGER NOT NULL,
    "SavedAt" TEXT NOT NULL,
    "AskedAt" TEXT NULL,
    "Note" TEXT NULL,
    "SetAsideAt" TEXT NULL
);
CREATE TABLE "PageRevisions" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_PageRevisions" PRIMARY KEY,
    "File" TEXT NOT NULL,
    "Text" TEXT NULL,
    "Hash" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    "StaffId" TEXT NULL,
    "Who" TEXT NOT NULL,
    "Note" TEXT NULL,
    "Origin" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "ContinuedBy" TEXT NULL
);
CREATE TABLE "PlaceSources" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_PlaceSources" PRIMARY KEY,
    "File" TEXT NOT NULL,
    "Attribution" TEXT NOT NULL,
    "ImportedAt" TEXT NOT NULL,
    "Postcodes" INTEGER NOT NULL
);
CREATE TABLE "PlannedChanges" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_PlannedChanges" PRIMARY KEY,
    "File" TEXT NOT NULL,
    "Text" TEXT NOT NULL,
    "BaseText" TEXT NULL,
    "BaseHash" TEXT NULL,
    "At" TEXT NOT NULL,
    "StaffId" TEXT NOT NULL,
    "Who" TEXT NOT NULL,
    "Note" TEXT NULL,
    "State" TEXT NOT NULL,
    "SettledAt" TEXT NULL,
    "Problem" TEXT NULL
);
CREATE TABLE "PostcodePlaces" (
    "Key" INTEGER NOT NULL CONSTRAINT "PK_PostcodePlaces" PRIMARY KEY,
    "Latitude" INTEGER NOT NULL,
    "Longitude" INTEGER NOT NULL
);
CREATE TABLE "StaffLinks" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_StaffLinks" PRIMARY KEY,
    "StaffId" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "Hash" TEXT NOT NULL,
    "ExpiresAt" TEXT NOT NULL,
    "UsedAt" TEXT NULL,
    CONSTRAINT "FK_StaffLinks_StaffMembers_StaffId" FOREIGN KEY ("StaffId") REFERENCES "StaffMembers" ("Id") ON DELETE CASCADE
);
CREATE TABLE "StaffMembers" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_StaffMembers" PRIMARY KEY,
    "Name" TEXT NOT NULL,
    "Roles" TEXT NOT NULL,
    "InvitedAt" TEXT NOT NULL,
    "JoinedAt" TEXT NULL,
    "DisabledAt" TEXT NULL,
    "CodeKey" TEXT NULL,
    "LastCode" TEXT NULL,
    "LastCodeAt" TEXT NULL,
    "UserName" TEXT NULL,
    "NormalizedUserName" TEXT NULL,
    "Email" TEXT NULL,
    "NormalizedEmail" TEXT NULL,
    "EmailConfirmed" INTEGER NOT NULL,
    "PasswordHash" TEXT NULL,
    "SecurityStamp" TEXT NULL,
    "ConcurrencyStamp" TEXT NULL,
    "TwoFactorEnabled" INTEGER NOT NULL
);
CREATE TABLE "StaffPasskeys" (
    "CredentialId" BLOB NOT NULL CONSTRAINT "PK_StaffPasskeys" PRIMARY KEY,
    "UserId" TEXT NOT NULL,
    "Data" TEXT NOT NULL,
    CONSTRAINT "FK_StaffPasskeys_StaffMembers_UserId" FOREIGN KEY ("UserId") REFERENCES "StaffMembers" ("Id") ON DELETE CASCADE
);
CREATE TABLE "StaffRecoveryCodes" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_StaffRecoveryCodes" PRIMARY KEY,
    "StaffId" TEXT NOT NULL,
    "Hash" TEXT NOT NULL,
    "UsedAt" TEXT NULL,
    CONSTRAINT "FK_StaffRecoveryCodes_StaffMembers_StaffId" FOREIGN KEY ("StaffId") REFERENCES "StaffMembers" ("Id") ON DELETE CASCADE
);
CREATE TABLE "StaffSessions" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_StaffSessions" PRIMARY KEY,
    "StaffId" TEXT NOT NULL,
    "StartedAt" TEXT NOT NULL,
    "ProvenAt" TEXT NOT NULL,
    "SeenAt" TEXT NOT NULL,
    "Device" TEXT NOT NULL,
    "EndedAt" TEXT NULL,
    CONSTRAINT "FK_StaffSessions_StaffMembers_StaffId" FOREIGN KEY ("StaffId") REFERENCES "StaffMembers" ("Id") ON DELETE CASCADE
);
CREATE TABLE "UsedBudgets" (
    "KeyHash" TEXT NOT NULL CONSTRAINT "PK_UsedBudgets" PRIMARY KEY,
    "WholeAt" TEXT NOT NULL
);
CREATE TABLE "__EFMigrationsHistory" (
    "MigrationId" TEXT NOT NULL CONSTRAINT "PK___EFMigrationsHistory" PRIMARY KEY,
    "ProductVersion" TEXT NOT NULL
);
INSERT INTO "__EFMigrationsHistory" VALUES('20261123225550_Initial','10.0.15');
CREATE TABLE "__EFMigrationsLock" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY,
    "Timestamp" TEXT NOT NULL
);
CREATE INDEX "IX_ApplicationDrafts_CohortId" ON "ApplicationDrafts" ("CohortId");
CREATE UNIQUE INDEX "IX_ApplicationDrafts_Hash" ON "ApplicationDrafts" ("Hash");
CREATE INDEX "IX_ApplicationDrafts_TouchedAt" ON "ApplicationDrafts" ("TouchedAt");
CREATE UNIQUE INDEX "IX_Applications_CohortId_AddressKey" ON "Applications" ("CohortId", "AddressKey");
CREATE INDEX "IX_Applications_CohortId_State_Position" ON "Applications" ("CohortId", "State", "Position");
CREATE UNIQUE INDEX "IX_Applications_Reference" ON "Applications" ("Reference");
CREATE INDEX "IX_Applications_State_OfferedUntil" ON "Applications" ("State", "OfferedUntil");
CREATE INDEX "IX_ApplicationSteps_ApplicationId" ON "ApplicationSteps" ("ApplicationId");
CREATE INDEX "IX_AuditEntries_At" ON "AuditEntries" ("At");
CREATE INDEX "IX_Cohorts_Course_OpensAt" ON "Cohorts" ("Course", "OpensAt");
CREATE INDEX "IX_ContactMessages_At" ON "ContactMessages" ("At");
CREATE UNIQUE INDEX "IX_ContactMessages_Form" ON "ContactMessages" ("Form");
CREATE INDEX "IX_CourseAttendances_SessionId" ON "CourseAttendances" ("SessionId");
CREATE UNIQUE INDEX "IX_CourseCertificates_ApplicationId" ON "CourseCertificates" ("ApplicationId");
CREATE UNIQUE INDEX "IX_CourseCertificates_Code" ON "CourseCertificates" ("Code");
CREATE INDEX "IX_CourseEvaluations_CohortId" ON "CourseEvaluations" ("CohortId");
CREATE UNIQUE INDEX "IX_CourseInterests_Course_AddressKey" ON "CourseInterests" ("Course", "AddressKey");
CREATE INDEX "IX_CourseInterests_RenewedAt" ON "CourseInterests" ("RenewedAt");
CREATE INDEX "IX_CourseLinks_Opens" ON "CourseLinks" ("Opens");
CREATE UNIQUE INDEX "IX_CourseSessions_CohortId_Number" ON "CourseSessions" ("CohortId", "Number");
CREATE INDEX "IX_CourseSessions_StartsUtc" ON "CourseSessions" ("StartsUtc");
CREATE UNIQUE INDEX "IX_CourseTallies_CohortId_Nation_Kind_State" ON "CourseTallies" ("CohortId", "Nation", "Kind", "State");
CREATE INDEX "IX_EventConcerns_ClosedAt" ON "EventConcerns" ("ClosedAt");
CREATE INDEX "IX_EventConcerns_EventId" ON "EventConcerns" ("EventId");
CREATE INDEX "IX_EventDates_All" ON "EventDates" ("StartUtc", "EndUtc", "Tags", "Minute", "Minutes", "X", "Y", "Z", "Region", "EventId");
CREATE INDEX "IX_EventDates_Near" ON "EventDates" ("Cell", "StartUtc", "EndUtc", "Tags", "Minute", "Minutes", "X", "Y", "Z", "Region", "EventId");
CREATE INDEX "IX_EventDates_Region" ON "EventDates" ("Region", "StartUtc", "EndUtc", "Tags", "Minute", "Minutes", "EventId");
CREATE INDEX "IX_EventLinks_EventId" ON "EventLinks" ("EventId");
CREATE UNIQUE INDEX "IX_Events_Slug" ON "Events" ("Slug");
CREATE INDEX "IX_Events_WaitingSince" ON "Events" ("WaitingSince");
CREATE INDEX "IX_EventSteps_EventId_At" ON "EventSteps" ("EventId", "At");
CREATE UNIQUE INDEX "IX_HandOvers_ApplicationId" ON "HandOvers" ("ApplicationId");
CREATE UNIQUE INDEX "IX_OutboxMails_Kind_About" ON "OutboxMails" ("Kind", "About");
CREATE INDEX "IX_OutboxMails_SentAt_GivenUpAt_NextAttemptAt" ON "OutboxMails" ("SentAt", "GivenUpAt", "NextAttemptAt");
CREATE INDEX "IX_PageDrafts_File_StaffId_SetAsideAt" ON "PageDrafts" ("File", "StaffId", "SetAsideAt");
CREATE INDEX "IX_PageRevisions_File_At" ON "PageRevisions" ("File", "At");
CREATE INDEX "IX_PageRevisions_File_Hash" ON "PageRevisions" ("File", "Hash");
CREATE INDEX "IX_PageRevisions_State" ON "PageRevisions" ("State");
CREATE INDEX "IX_PlannedChanges_File_At" ON "PlannedChanges" ("File", "At");
CREATE INDEX "IX_PlannedChanges_State_At" ON "PlannedChanges" ("State", "At");
CREATE UNIQUE INDEX "IX_StaffLinks_Hash" ON "StaffLinks" ("Hash");
CREATE INDEX "IX_StaffLinks_StaffId" ON "StaffLinks" ("StaffId");
CREATE UNIQUE INDEX "IX_StaffMembers_NormalizedEmail" ON "StaffMembers" ("NormalizedEmail");
CREATE UNIQUE INDEX "IX_StaffMembers_NormalizedUserName" ON "StaffMembers" ("NormalizedUserName");
CREATE INDEX "IX_StaffPasskeys_UserId" ON "StaffPasskeys" ("UserId");
CREATE UNIQUE INDEX "IX_StaffRecoveryCodes_Hash" ON "StaffRecoveryCodes" ("Hash");
CREATE INDEX "IX_StaffRecoveryCodes_StaffId" ON "StaffRecoveryCodes" ("StaffId");
CREATE INDEX "IX_StaffSessions_StaffId" ON "StaffSessions" ("StaffId");
CREATE INDEX "IX_UsedBudgets_WholeAt" ON "UsedBudgets" ("WholeAt");

-- Staff: an administrator since 2022, two colleagues, an author, somebody invited who has not come yet, and somebody who has left.
INSERT INTO "StaffMembers" ("Id", "Name", "Roles", "InvitedAt", "JoinedAt", "DisabledAt", "CodeKey", "LastCode", "LastCodeAt", "UserName", "NormalizedUserName", "Email", "NormalizedEmail", "EmailConfirmed", "PasswordHash", "SecurityStamp", "ConcurrencyStamp", "TwoFactorEnabled") VALUES
    ('01900001-0001-7000-8000-000000000001', 'Ada Ashworth', '["administrator"]', '2022-02-21 10:00:00', '2022-03-01 09:12:44.123456', NULL, 'CfDJ8KeptWithTheTests-not-readable', 'c0392004adb66d6f296f8e810c62d87c8f4434e1a4b582296366e1d8c801bcc1', '2026-11-23 17:40:02', 'ada@week.example', 'ADA@WEEK.EXAMPLE', 'ada@week.example', 'ADA@WEEK.EXAMPLE', 0, 'AQAAAAIAAAPoAAAAEGtlcHQtd2l0aC10ZXN0cyG7P4dahQZGWMEDWGc319bw1SgoqjGfixcrA/8DS5Yf4Q==', 'KEPTSTAMPAAAAAAAAAAAAAAAAAAAAAAA', '01900009-0041-7000-8000-000000000041', 1),
    ('01900001-0002-7000-8000-000000000002', 'Bea O''Brien', '["events","courses"]', '2023-01-09 10:00:00', '2023-01-11 08:30:00', NULL, NULL, NULL, NULL, 'Bea.OBrien@Week.example', 'BEA.OBRIEN@WEEK.EXAMPLE', 'Bea.OBrien@Week.example', 'BEA.OBRIEN@WEEK.EXAMPLE', 0, 'AQAAAAIAAAPoAAAAEGtlcHQtd2l0aC10ZXN0cyGf8b+g1ejrzsy0j4hd5tIdeCdvG/qkMn9tohpa9U3zpA==', 'KEPTSTAMPBBBBBBBBBBBBBBBBBBBBBBB', '01900009-0042-7000-8000-000000000042', 1),
    ('01900001-0003-7000-8000-000000000003', 'Cal Ŵynne', '["publisher"]', '2024-05-02 10:00:00', '2024-05-02 12:00:00', NULL, NULL, NULL, NULL, 'cal@week.example', 'CAL@WEEK.EXAMPLE', 'cal@week.example', 'CAL@WEEK.EXAMPLE', 0, NULL, 'KEPTSTAMPCCCCCCCCCCCCCCCCCCCCCCC', '01900009-0043-7000-8000-000000000043', 1),
    ('01900001-0004-7000-8000-000000000004', 'Dot', '["author"]', '2026-09-01 09:00:00', '2026-09-02 09:00:00', NULL, NULL, NULL, NULL, 'dot@week.example', 'DOT@WEEK.EXAMPLE', 'dot@week.example', 'DOT@WEEK.EXAMPLE', 0, 'AQAAAAIAAAPoAAAAEGtlcHQtd2l0aC10ZXN0cyHIDkfEAlORO07uPYslqgnCn+c8KQJDzVD2t8eHUO0eZg==', 'KEPTSTAMPDDDDDDDDDDDDDDDDDDDDDDD', '01900009-0044-7000-8000-000000000044', 1),
    ('01900001-0005-7000-8000-000000000005', 'eve', '["events"]', '2026-11-27 15:00:00', NULL, NULL, NULL, NULL, NULL, 'eve@week.example', 'EVE@WEEK.EXAMPLE', 'eve@week.example', 'EVE@WEEK.EXAMPLE', 0, NULL, 'KEPTSTAMPEEEEEEEEEEEEEEEEEEEEEEE', '01900009-0065-7000-8000-000000000065', 0),
    ('01900001-0006-7000-8000-000000000006', 'Finn Left', '[]', '2022-02-21 10:00:00', '2022-02-22 10:00:00', '2025-07-31 16:00:00', NULL, NULL, NULL, 'finn@week.example', 'FINN@WEEK.EXAMPLE', 'finn@week.example', 'FINN@WEEK.EXAMPLE', 0, 'AQAAAAIAAAPoAAAAEGtlcHQtd2l0aC10ZXN0cyE6oN5EGYvyVQwWKB0KXnVLmFrp9BWtKEBDNRwAYPnwPQ==', 'KEPTSTAMPFFFFFFFFFFFFFFFFFFFFFFF', '01900009-0046-7000-8000-000000000046', 1);

-- Ada's passkey, recovery codes (one used), sessions; Eve's invitation, open and an older one; Bea's link for a new password, used.
INSERT INTO "StaffPasskeys" ("CredentialId", "UserId", "Data") VALUES
    (X'6B6570742063726564656E7469616C206F6620416461', '01900001-0001-7000-8000-000000000001', '{"AttestationObject":"6B657074206174746573746174696F6E","ClientDataJson":"7B7D","CreatedAt":"2024-02-03T10:00:00+00:00","IsBackedUp":false,"IsBackupEligible":true,"IsUserVerified":true,"Name":"Ada''s laptop","PublicKey":"6B657074207075626C6963206B6579206F6620416461","SignCount":7,"Transports":["internal","hybrid"]}');
INSERT INTO "StaffRecoveryCodes" ("Id", "StaffId", "Hash", "UsedAt") VALUES
    ('01900002-0001-7000-8000-000000000001', '01900001-0001-7000-8000-000000000001', 'ba2ab34a41b88a5b95b7fbba061645fec4230e596462190a8a7d43377fefd4e4', NULL),
    ('01900002-0002-7000-8000-000000000002', '01900001-0001-7000-8000-000000000001', '3747f15f8b57ec8a67992d27ac2ad5aa8950ca7c8747343fffc349865ed2c6bf', '2025-01-06 08:59:00'),
    ('01900002-0003-7000-8000-000000000003', '01900001-0002-7000-8000-000000000002', 'f539c26274df46b04559ed57c5eedd7cd5e0430cf44aacae56058134d9016232', NULL);
INSERT INTO "StaffSessions" ("Id", "StaffId", "StartedAt", "ProvenAt", "SeenAt", "Device", "EndedAt") VALUES
    ('01900003-0001-7000-8000-000000000001', '01900001-0001-7000-8000-000000000001', '2026-11-23 08:55:00', '2026-11-23 08:55:00', '2026-11-23 17:41:10.5', 'Firefox on Windows', NULL),
    ('01900003-0002-7000-8000-000000000002', '01900001-0002-7000-8000-000000000002', '2026-11-20 09:31:00', '2026-11-20 09:31:00', '2026-11-20 12:00:00', 'Safari on iPhone', '2026-11-20 12:00:01');
INSERT INTO "StaffLinks" ("Id", "StaffId", "Kind", "Hash", "ExpiresAt", "UsedAt") VALUES
    ('01900004-0001-7000-8000-000000000001', '01900001-0005-7000-8000-000000000005', 'Invitation', '2f8380fe45906e172d85dd54269668ebf9fd839d11f380b8284f0e3060f76772', '2026-12-04 15:00:00', NULL),
    ('01900004-0002-7000-8000-000000000002', '01900001-0005-7000-8000-000000000005', 'Invitation', 'bedec3ce5b3034a78ab229e20be51a6abb055b2072372e26fa2e0c6be7353804', '2026-12-03 15:00:00', '2026-11-27 15:00:00'),
    ('01900004-0003-7000-8000-000000000003', '01900001-0002-7000-8000-000000000002', 'Reset', '8dc92f3c8014899fa939e9556c5e1f32128b3605e4db464d3d458162970c4d98', '2026-11-20 10:20:00', '2026-11-20 09:30:12'),
    ('01900004-0004-7000-8000-000000000004', '01900001-0006-7000-8000-000000000006', 'Reset', 'f417128d96c2edfdac6e28a2f65fae8aa91fbe8df1931c0d6645cf4b1e5c3f12', '2023-03-01 10:00:00', NULL);
INSERT INTO "UsedBudgets" ("KeyHash", "WholeAt") VALUES
    ('9aab72e35679007f04eeb8e955ce0f4da0fdafb8f6217a93ad4e57d0103de0c2', '2026-11-23 18:10:00'),
    ('cd39a0e142c1717517f7490b8219848dd3235727b9fd851b43447b490faa4c85', '2026-11-23 17:59:30');
INSERT INTO "KeyRecords" ("Id") VALUES
    ('019AAAAA-0001-7000-8000-000000000001'),
    ('018BBBBB-0002-7000-8000-000000000002');
INSERT INTO "ChoreTurns" ("Name", "DueAt", "DoneAt", "FailedAt") VALUES
    ('forget ended sessions and used links', '2026-11-24 04:00:00', '2026-11-23 16:00:00', NULL),
    ('take the nightly backup', '2026-11-24 02:15:00', '2026-11-23 02:15:09', '2026-10-02 02:15:30'),
    ('note which keys are ours', '2026-11-23 18:00:00', NULL, NULL);
INSERT INTO "AuditEntries" ("Id", "At", "StaffId", "Who", "What", "About") VALUES
    ('01900005-0001-7000-8000-000000000001', '2022-03-01 09:12:44', '01900001-0001-7000-8000-000000000001', 'Ada Ashworth', 'joined', NULL),
    ('01900005-0002-7000-8000-000000000002', '2024-04-30 11:02:00', '01900001-0002-7000-8000-000000000002', 'Bea O''Brien', 'approved event', '01900014-0001-7000-8000-000000000001'),
    ('01900005-0003-7000-8000-000000000003', '2025-07-31 16:00:00', '01900001-0001-7000-8000-000000000001', 'Ada Ashworth', 'disabled a colleague', '01900001-0006-7000-8000-000000000006'),
    ('01900005-0004-7000-8000-000000000004', '2026-11-23 17:41:10', NULL, 'The site', 'took the nightly backup', NULL);

-- The course: a group that ended in 2024, one that is open, one in which staff decide first, and one that was cancelled.
INSERT INTO "Cohorts" ("Id", "Course", "Title", "Name", "Places", "PlacesTaken", "LastPosition", "PerOrganisation", "DecideFirst", "OfferHours", "HeadStartHours", "MissedAllowed", "OpensAt", "ClosesAt", "InterestToldAt", "EvaluationAskedAt", "StartsAt", "EndsAt", "CreatedAt", "CancelledAt", "CancelReason") VALUES
    ('0190000A-0001-7000-8000-000000000001', 'infant-mental-health-introduction', 'An introduction to infant mental health', 'Autumn 2024', 20, 1, 12, NULL, 0, 72, 24, 1, '2024-07-01 08:00:00', '2024-09-15 22:59:00', '2024-06-30 08:00:00', '2024-11-13 13:00:00', '2024-10-09 09:00:00', '2024-11-13 12:30:00', '2024-06-01 10:00:00', NULL, NULL),
    ('0190000A-0002-7000-8000-000000000002', 'infant-mental-health-introduction', 'An introduction to infant mental health', 'Spring 2027', 2, 2, 3, 1, 0, 72, 24, 1, '2026-11-01 08:00:00', '2027-01-15 23:59:00', '2026-10-31 08:00:00', NULL, '2027-02-03 10:00:00', '2027-02-10 12:30:00', '2026-10-01 10:00:00', NULL, NULL),
    ('0190000A-0003-7000-8000-000000000003', 'infant-mental-health-introduction', 'An introduction to infant mental health', 'Summer 2027', 12, 0, 2, 2, 1, 72, 24, 1, '2026-11-15 08:00:00', NULL, NULL, NULL, NULL, NULL, '2026-10-20 10:00:00', NULL, NULL),
    ('0190000A-0004-7000-8000-000000000004', 'infant-mental-health-introduction', 'An introduction to infant mental health', 'Winter 2023', 10, 0, 1, NULL, 0, 72, 24, 1, '2023-09-01 08:00:00', '2023-10-01 08:00:00', '2023-08-31 08:00:00', NULL, '2023-11-01 10:00:00', '2023-11-01 12:00:00', '2023-08-01 10:00:00', '2023-10-20 09:00:00', 'The trainer is ill.');
INSERT INTO "CourseSessions" ("Id", "CohortId", "Number", "Date", "Starts", "Ends", "StartsUtc", "EndsUtc", "Place", "OnlineLink", "Sequence", "Code", "RemindedAt") VALUES
    ('0190000B-0001-7000-8000-000000000001', '0190000A-0001-7000-8000-000000000001', 1, '2024-10-09', '10:00:00', '12:30:00', '2024-10-09 09:00:00', '2024-10-09 11:30:00', 'Leeds Central Library', NULL, 1, 'FERN', '2024-10-08 09:00:00'),
    ('0190000B-0002-7000-8000-000000000002', '0190000A-0001-7000-8000-000000000001', 2, '2024-11-13', '10:00:00', '12:30:00', '2024-11-13 10:00:00', '2024-11-13 12:30:00', 'Leeds Central Library', NULL, 0, NULL, '2024-11-12 10:00:00'),
    ('0190000B-0003-7000-8000-000000000003', '0190000A-0002-7000-8000-000000000002', 1, '2027-02-03', '10:00:00', '12:30:00', '2027-02-03 10:00:00', '2027-02-03 12:30:00', NULL, 'https://meet.example/kept', 0, NULL, NULL),
    ('0190000B-0004-7000-8000-000000000004', '0190000A-0002-7000-8000-000000000002', 2, '2027-02-10', '10:00:00', '12:30:00', '2027-02-10 10:00:00', '2027-02-10 12:30:00', NULL, 'https://meet.example/kept', 0, NULL, NULL),
    ('0190000B-0005-7000-8000-000000000005', '0190000A-0004-7000-8000-000000000004', 1, '2023-11-01', '10:00:00', '12:00:00', '2023-11-01 10:00:00', '2023-11-01 12:00:00', 'Cardiff', NULL, 0, NULL, NULL);

-- In the open group two people have the position 2: one was offered a place, the other waits. The group has given position 3 last.
INSERT INTO "Applications" ("Id", "CohortId", "Reference", "AppliedAt", "Position", "Name", "Email", "AddressKey", "Role", "Organisation", "OrganisationKey", "CharityNumber", "Kind", "Nation", "WorksWith", "NamedBy", "State", "StateSince", "OfferedUntil", "SkipReason", "AddressUsedAt", "EvaluatedOn", "StaffNote") VALUES
    ('0190000C-0001-7000-8000-000000000001', '0190000A-0002-7000-8000-000000000002', 'BCDF-2345', '2026-11-01 08:00:03', 1, 'Hazel Hughes', 'hazel@homestart.example', 'hazel@homestart.example', 'Coordinator', 'Home-Start Leeds Ltd.', '1108837', '1108837', 'charity', 'england', 'mothers,fathers', NULL, 'Held', '2026-11-01 08:00:03', NULL, NULL, '2026-11-01 08:05:00', NULL, NULL),
    ('0190000C-0002-7000-8000-000000000002', '0190000A-0002-7000-8000-000000000002', 'BCDF-2346', '2026-11-01 08:00:04.25', 2, 'Olu Ọlaniyan', 'Olu@Nest.example', 'olu@nest.example', NULL, 'The Nest (Belfast)', 'THENESTBELFAST', NULL, 'community-group', 'northern-ireland', 'carers', NULL, 'Offered', '2026-11-29 09:00:00', '2026-12-02 09:00:00', NULL, NULL, NULL, NULL),
    ('0190000C-0003-7000-8000-000000000003', '0190000A-0002-7000-8000-000000000002', 'BCDF-2347', '2026-11-01 08:00:04.5', 2, 'Wyn Bowen', 'wyn@babi.example', 'wyn@babi.example', 'Ymarferydd', 'Tŷ Babi & Teulu CIC', 'TŶBABITEULUCIC', NULL, 'community-interest-company', 'wales', 'mothers', NULL, 'Waiting', '2026-11-01 08:00:04.5', NULL, 'Their organisation has its share', NULL, NULL, NULL),
    ('0190000C-0004-7000-8000-000000000004', '0190000A-0002-7000-8000-000000000002', 'BCDF-2348', '2026-11-01 08:00:05', 3, 'Rose Reid', 'rose@homestart.example', 'rose@homestart.example', NULL, 'Home-Start Leeds', '1108837', '1108837', 'charity', 'england', 'mothers', 'Hazel Hughes', 'Waiting', '2026-11-10 12:00:00', NULL, NULL, NULL, NULL, 'Asked on the phone to be moved up; that cannot be done.'),
    ('0190000C-0005-7000-8000-000000000005', '0190000A-0003-7000-8000-000000000003', 'BCDF-2349', '2026-11-16 10:00:00', 1, 'Asha Ali', 'asha@st-marys.example', 'asha@st-marys.example', 'Manager', 'St. Mary’s Children''s Centre', 'SC012345', 'SC 012 345', 'charity', 'scotland', 'fathers', NULL, 'Applied', '2026-11-16 10:00:00', NULL, NULL, NULL, NULL, NULL),
    ('0190000C-0006-7000-8000-000000000006', '0190000A-0003-7000-8000-000000000003', 'BCDF-234B', '2026-11-16 11:00:00', 2, 'Dee Day', 'dee@acme.example', 'dee@acme.example', NULL, 'Acme', 'ACME', '12', 'charity', 'england', 'mothers', NULL, 'Declined', '2026-11-18 11:00:00', NULL, NULL, NULL, NULL, NULL),
    ('0190000C-0007-7000-8000-000000000007', '0190000A-0001-7000-8000-000000000001', 'BCDF-234C', '2024-07-01 08:00:01', 3, 'Tess Trail', 'tess@cafe-bebe.example', 'tess@cafe-bebe.example', NULL, 'Café Bébé and Friends Limited', 'CAFÉBÉBÉANDFRIENDSLIMITED', NULL, 'community-group', 'england', 'mothers,carers', NULL, 'Accepted', '2024-07-02 10:00:00', NULL, NULL, '2024-07-02 10:00:00', '2024-11-20', NULL),
    ('0190000C-0008-7000-8000-000000000008', '0190000A-0001-7000-8000-000000000001', 'BCDF-234D', '2024-07-01 09:00:01', 12, 'Ed Exley', 'ed@old.example', 'ed@old.example', NULL, 'Old & New', 'OLDNEW', NULL, 'charity', 'wales', 'mothers', NULL, 'Expired', '2024-08-01 10:00:00', NULL, NULL, NULL, NULL, NULL),
    ('0190000C-0009-7000-8000-000000000009', '0190000A-0001-7000-8000-000000000001', 'BCDF-234F', '2024-07-01 09:30:01', 7, 'Gil Grant', 'gil@old.example', 'gil@old.example', NULL, 'Old & New', 'OLDNEW', NULL, 'charity', 'wales', 'mothers', NULL, 'Cancelled', '2024-09-01 10:00:00', NULL, NULL, NULL, NULL, NULL),
    ('0190000C-000A-7000-8000-00000000000A', '0190000A-0004-7000-8000-000000000004', 'BCDF-234G', '2023-09-02 09:00:00', 1, 'Kit Kerr', 'kit@old.example', 'kit@old.example', NULL, 'Kit', 'KIT', NULL, 'charity', 'scotland', 'mothers', NULL, 'Cancelled', '2023-10-20 09:00:00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO "ApplicationSteps" ("Id", "ApplicationId", "State", "At", "By", "Reason") VALUES
    ('0190000D-0001-7000-8000-000000000001', '0190000C-0001-7000-8000-000000000001', 'Waiting', '2026-11-01 08:00:03', 'the applicant', NULL),
    ('0190000D-0002-7000-8000-000000000002', '0190000C-0001-7000-8000-000000000001', 'Held', '2026-11-01 08:00:03', 'the site', NULL),
    ('0190000D-0003-7000-8000-000000000003', '0190000C-0002-7000-8000-000000000002', 'Waiting', '2026-11-01 08:00:04.25', 'the applicant', NULL),
    ('0190000D-0004-7000-8000-000000000004', '0190000C-0002-7000-8000-000000000002', 'Offered', '2026-11-29 09:00:00', 'the site', NULL),
    ('0190000D-0005-7000-8000-000000000005', '0190000C-0003-7000-8000-000000000003', 'Waiting', '2026-11-01 08:00:04.5', 'the applicant', NULL),
    ('0190000D-0006-7000-8000-000000000006', '0190000C-0004-7000-8000-000000000004', 'Waiting', '2026-11-01 08:00:05', 'the applicant', NULL),
    ('0190000D-0007-7000-8000-000000000007', '0190000C-0004-7000-8000-000000000004', 'Withdrawn', '2026-11-05 12:00:00', 'the applicant', NULL),
    ('0190000D-0008-7000-8000-000000000008', '0190000C-0004-7000-8000-000000000004', 'Waiting', '2026-11-10 12:00:00', 'the applicant', NULL),
    ('0190000D-0009-7000-8000-000000000009', '0190000C-0005-7000-8000-000000000005', 'Applied', '2026-11-16 10:00:00', 'the applicant', NULL),
    ('0190000D-000A-7000-8000-00000000000A', '0190000C-0006-7000-8000-000000000006', 'Applied', '2026-11-16 11:00:00', 'the applicant', NULL),
    ('0190000D-000B-7000-8000-00000000000B', '0190000C-0006-7000-8000-000000000006', 'Declined', '2026-11-18 11:00:00', 'Bea O''Brien', 'Not an organisation for families.'),
    ('0190000D-000C-7000-8000-00000000000C', '0190000C-0007-7000-8000-000000000007', 'Held', '2024-07-01 08:00:01', 'the site', NULL),
    ('0190000D-000D-7000-8000-00000000000D', '0190000C-0007-7000-8000-000000000007', 'Accepted', '2024-07-02 10:00:00', 'the applicant', NULL),
    ('0190000D-000E-7000-8000-00000000000E', '0190000C-0008-7000-8000-000000000008', 'Expired', '2024-08-01 10:00:00', 'the site', NULL),
    ('0190000D-000F-7000-8000-00000000000F', '0190000C-0009-7000-8000-000000000009', 'Cancelled', '2024-09-01 10:00:00', 'the applicant', NULL),
    ('0190000D-0010-7000-8000-000000000010', '0190000C-000A-7000-8000-00000000000A', 'Cancelled', '2023-10-20 09:00:00', 'Ada Ashworth', 'The trainer is ill.');
INSERT INTO "AccessNeeds" ("ApplicationId", "Text") VALUES
    ('0190000C-0001-7000-8000-000000000001', 'A quiet room, please.
I use a hearing aid; "T" setting.');
INSERT INTO "HandOvers" ("Id", "ApplicationId", "Name", "Email", "At") VALUES
    ('0190000E-0001-7000-8000-000000000001', '0190000C-0001-7000-8000-000000000001', 'Holly Hart', 'Holly@HomeStart.example', '2026-11-22 10:00:00');
INSERT INTO "CourseLinks" ("Hash", "Purpose", "Opens", "MadeAt") VALUES
    ('491d7f0a2f60fb3e2a078e9c376c75d86808cdce044fd69cdba13c1eea8ba6c9', 'Place', '0190000C-0002-7000-8000-000000000002', '2026-11-29 09:00:00'),
    ('b0251fba7d64f7c40fdc5f4812a044ddcb7a790ce8275e522e0bcef52518928a', 'Place', '0190000C-0002-7000-8000-000000000002', '2026-11-01 08:00:04'),
    ('89b9b0d9dce7d01cbf9f65296ce7e25ad7d203d25a60e7390d471be36fa63861', 'Interest', '0190000F-0001-7000-8000-000000000001', '2025-03-03 10:00:00'),
    ('ffbfba56dfda423a3af87103697964351490f001a5682ab10291fc7143ae0354', 'HandOver', '0190000E-0001-7000-8000-000000000001', '2026-11-22 10:00:00');
INSERT INTO "CourseInterests" ("Id", "Course", "Name", "Email", "AddressKey", "Organisation", "Nation", "RenewedAt", "ConfirmedAt") VALUES
    ('0190000F-0001-7000-8000-000000000001', 'infant-mental-health-introduction', 'Ivy Innes', 'Ivy@Week.example', 'ivy@week.example', NULL, 'scotland', '2025-03-03 10:00:00', '2025-03-03 10:05:00'),
    ('0190000F-0002-7000-8000-000000000002', 'infant-mental-health-introduction', 'Not Confirmed', 'someone@week.example', 'someone@week.example', 'Somewhere', NULL, '2026-11-22 10:00:00', NULL);
INSERT INTO "ApplicationDrafts" ("Id", "Hash", "CohortId", "Reference", "Early", "Answers", "StartedAt", "TouchedAt", "SentAt", "LinksMailed") VALUES
    ('01900010-0001-7000-8000-000000000001', '8b99728ff966ce73374a8f790c3739ca76d6e4fbbbb718f89cea9e9a9bb61905', '0190000A-0002-7000-8000-000000000002', 'BCDF-234H', 0, '{"Kind":"charity","WorksWith":["mothers","carers"],"Nation":"wales","Name":"Mair \u201cM\u201d O''Neill","Email":"mair@babi.example","Role":null,"Organisation":null,"CharityNumber":null,"Colleagues":[{"Name":"Non","Email":"non@babi.example"}],"ColleaguesSeen":true,"AccessNeeds":null,"AccessNeedsSeen":false,"Agreed":false}', '2026-11-28 20:00:00', '2026-11-28 20:10:00', NULL, 1),
    ('01900010-0002-7000-8000-000000000002', 'ee55a3ce8f2f2b619cf77f0cf92bb30e2d1fb0e6ce59cc040e29b3a0a53d5f95', '0190000A-0002-7000-8000-000000000002', 'BCDF-2345', 1, '{}', '2026-11-01 07:50:00', '2026-11-01 08:00:03', '2026-11-01 08:00:03', 0);
INSERT INTO "CourseAttendances" ("ApplicationId", "SessionId", "At", "By") VALUES
    ('0190000C-0007-7000-8000-000000000007', '0190000B-0001-7000-8000-000000000001', '2024-10-09 11:35:00', 'the applicant'),
    ('0190000C-0007-7000-8000-000000000007', '0190000B-0002-7000-8000-000000000002', '2024-11-13 13:00:00', 'Bea O''Brien');
INSERT INTO "CourseEvaluations" ("Id", "CohortId", "Useful", "Confident", "Best", "Better") VALUES
    ('01900011-0001-7000-8000-000000000001', '0190000A-0001-7000-8000-000000000001', 5, 4, 'The films.', NULL),
    ('01900011-0002-7000-8000-000000000002', '0190000A-0001-7000-8000-000000000001', 1, 2, NULL, 'Longer breaks — and “tea”.');
INSERT INTO "CourseCertificates" ("Id", "Code", "ApplicationId", "Name", "Course", "CohortName", "SessionsAttended", "SessionsHeld", "CompletedOn", "IssuedAt") VALUES
    ('01900012-0001-7000-8000-000000000001', 'BCDF-GHJK-LMNP-2345', '0190000C-0007-7000-8000-000000000007', 'Tess Trail', 'An introduction to infant mental health', 'Autumn 2024', 2, 2, '2024-11-13', '2024-11-13 13:00:00'),
    ('01900012-0002-7000-8000-000000000002', 'BCDF-GHJK-LMNP-2346', NULL, 'Somebody Forgotten', 'An introduction to infant mental health', 'Autumn 2023', 5, 6, '2023-11-15', '2023-11-15 13:00:00');

-- What was counted of people who have been forgotten: by nation, kind and state together.
INSERT INTO "CourseTallies" ("Id", "CohortId", "Nation", "Kind", "State", "Count") VALUES
    ('01900013-0001-7000-8000-000000000001', '0190000A-0001-7000-8000-000000000001', 'england', 'charity', 'Accepted', 3),
    ('01900013-0002-7000-8000-000000000002', '0190000A-0001-7000-8000-000000000001', 'england', 'charity', 'Declined', 1),
    ('01900013-0003-7000-8000-000000000003', '0190000A-0001-7000-8000-000000000001', 'wales', 'community-group', 'Accepted', 2),
    ('01900013-0004-7000-8000-000000000004', '0190000A-0001-7000-8000-000000000001', 'scotland', 'community-interest-company', 'Withdrawn', 1),
    ('01900013-0005-7000-8000-000000000005', '0190000A-0004-7000-8000-000000000004', 'england', 'charity', 'Cancelled', 4);

-- Events: a weekly group of 2024, one to come, one that waits to be checked, and one that was withdrawn; the organiser's links, concerns.
INSERT INTO "Events" ("Id", "Slug", "Contact", "ContactName", "ContactPhone", "StartedAt", "ConfirmedAt", "SentAt", "WaitingSince", "AskedAt", "DeclinedAt", "ApprovedAt", "PostponedAt", "CancelledAt", "WithdrawnAt", "ImportedAt", "ThankedAt", "ReportedAt", "PeopleCame", "UpdatedAt", "Sequence", "Revision", "Proposed", "Live", "Sample") VALUES
    ('01900014-0001-7000-8000-000000000001', 'baby-songs-00000001', 'Sam@Library.example', 'Sam Singer', '0113 496 0000', '2024-04-01 10:00:00', '2024-04-01 10:10:00', '2024-04-01 10:30:00', NULL, NULL, NULL, '2024-04-30 11:02:00', NULL, NULL, NULL, NULL, '2024-05-17 09:00:00', '2024-05-20 10:00:00', 31, '2024-04-30 11:02:00', 1, 7, NULL, '{"Title":"Baby songs","Summary":"Songs for the smallest.","Description":"","Schedule":{"Repeat":2,"Times":[{"Day":"2024-05-02","Starts":"10:00:00","LastDay":"2024-05-02","Ends":"11:00:00","Second":false}],"Until":"2024-05-16"},"Attendance":0,"Venue":"Central Library","Address":"","Town":"Leeds","Postcode":"LS1 3AB","Point":{"Latitude":53.79,"Longitude":-1.53},"Region":6,"OnlineLink":"","OnlineLinkShown":false,"Audience":2,"Stage":0,"Yes":0,"No":0,"Cost":1,"CostNote":"","Booking":1,"BookingLink":"","BookingNote":"","Organiser":"Leeds Baby Week","OrganiserLink":"","Notice":""}', 0),
    ('01900014-0002-7000-8000-000000000002', 'walk-talk-prams-welcome-00000002', 'fathers@walk.example', 'Femi', '', '2026-10-01 10:00:00', '2026-10-01 10:10:00', '2026-10-01 10:30:00', '2026-11-22 08:00:00', NULL, NULL, '2026-10-03 09:00:00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-10-03 09:00:00', 1, 9, '{"Title":"Walk & talk: \"prams\" welcome","Summary":"A walk for fathers.","Description":"Bring a coat and a hat.\nWe walk in all weathers.","Schedule":{"Repeat":0,"Times":[{"Day":"2027-06-15","Starts":"10:00:00","LastDay":"2027-06-15","Ends":"11:30:00","Second":false}],"Until":null},"Attendance":0,"Venue":"Roundhay Park","Address":"","Town":"Leeds","Postcode":"LS8 2HH","Point":{"Latitude":53.79,"Longitude":-1.53},"Region":6,"OnlineLink":"","OnlineLinkShown":false,"Audience":4,"Stage":0,"Yes":1,"No":256,"Cost":1,"CostNote":"","Booking":2,"BookingLink":"","BookingNote":"Ring us.","Organiser":"Leeds Baby Week","OrganiserLink":"","Notice":""}', '{"Title":"Walk & talk: \"prams\" welcome","Summary":"A walk for fathers.","Description":"Bring a coat.\nWe walk in all weathers.","Schedule":{"Repeat":0,"Times":[{"Day":"2027-06-15","Starts":"10:00:00","LastDay":"2027-06-15","Ends":"11:30:00","Second":false}],"Until":null},"Attendance":0,"Venue":"Roundhay Park","Address":"","Town":"Leeds","Postcode":"LS8 2HH","Point":{"Latitude":53.79,"Longitude":-1.53},"Region":6,"OnlineLink":"","OnlineLinkShown":false,"Audience":4,"Stage":0,"Yes":1,"No":256,"Cost":1,"CostNote":"","Booking":2,"BookingLink":"","BookingNote":"Ring us.","Organiser":"Leeds Baby Week","OrganiserLink":"","Notice":""}', 0),
    ('01900014-0003-7000-8000-000000000003', NULL, 'carers@online.example', 'Cora', '', '2026-11-20 10:00:00', '2026-11-20 10:10:00', '2026-11-20 10:30:00', '2026-11-20 10:30:00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '0001-01-01 00:00:00', 0, 4, '{"Title":"Evening for carers","Summary":"An hour online.","Description":"","Schedule":{"Repeat":0,"Times":[{"Day":"2027-06-16","Starts":"19:00:00","LastDay":"2027-06-16","Ends":"20:00:00","Second":false}],"Until":null},"Attendance":1,"Venue":"","Address":"","Town":"","Postcode":"","Point":null,"Region":0,"OnlineLink":"https://meet.example/carers","OnlineLinkShown":false,"Audience":8,"Stage":0,"Yes":0,"No":0,"Cost":1,"CostNote":"","Booking":1,"BookingLink":"","BookingNote":"","Organiser":"Leeds Baby Week","OrganiserLink":"","Notice":""}', NULL, 0),
    ('01900014-0004-7000-8000-000000000004', 'cancelled-tea-00000004', 'tea@room.example', 'Tia', '', '2025-05-01 10:00:00', '2025-05-01 10:00:00', '2025-05-01 10:00:00', NULL, NULL, NULL, '2025-05-02 10:00:00', NULL, '2025-06-01 10:00:00', '2025-06-02 10:00:00', '2025-05-01 10:00:00', NULL, NULL, NULL, '2025-06-02 10:00:00', 3, 12, NULL, '{"Title":"Walk & talk: \"prams\" welcome","Summary":"A walk for fathers.","Description":"Bring a coat.\nWe walk in all weathers.","Schedule":{"Repeat":0,"Times":[{"Day":"2027-06-15","Starts":"10:00:00","LastDay":"2027-06-15","Ends":"11:30:00","Second":false}],"Until":null},"Attendance":0,"Venue":"Roundhay Park","Address":"","Town":"Leeds","Postcode":"LS8 2HH","Point":{"Latitude":53.79,"Longitude":-1.53},"Region":6,"OnlineLink":"","OnlineLinkShown":false,"Audience":4,"Stage":0,"Yes":1,"No":256,"Cost":1,"CostNote":"","Booking":2,"BookingLink":"","BookingNote":"Ring us.","Organiser":"Leeds Baby Week","OrganiserLink":"","Notice":""}', 0),
    ('01900014-0005-7000-8000-000000000005', NULL, 'draft@sample.example', '', '', '2026-11-23 12:00:00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '0001-01-01 00:00:00', 0, 1, '{"Title":"","Summary":"","Description":"","Schedule":{"Repeat":0,"Times":[],"Until":null},"Attendance":0,"Venue":"","Address":"","Town":"","Postcode":"","Point":null,"Region":0,"OnlineLink":"","OnlineLinkShown":false,"Audience":2,"Stage":0,"Yes":0,"No":0,"Cost":1,"CostNote":"","Booking":1,"BookingLink":"","BookingNote":"","Organiser":"Leeds Baby Week","OrganiserLink":"","Notice":""}', NULL, 1);
INSERT INTO "EventDates" ("EventId", "Number", "Day", "StartUtc", "EndUtc", "Cell", "Region", "Tags", "Minute", "Minutes", "X", "Y", "Z") VALUES
    ('01900014-0001-7000-8000-000000000001', 0, '2024-05-02', '2024-05-02 09:00:00', '2024-05-02 10:00:00', 4750, 6, 1083179010, 600, 60, 0.5905358878458327, -0.01577314660331608, 0.8068572197188077),
    ('01900014-0001-7000-8000-000000000001', 1, '2024-05-09', '2024-05-09 09:00:00', '2024-05-09 10:00:00', 4750, 6, 1083179010, 600, 60, 0.5905358878458327, -0.01577314660331608, 0.8068572197188077),
    ('01900014-0001-7000-8000-000000000001', 2, '2024-05-16', '2024-05-16 09:00:00', '2024-05-16 10:00:00', 4750, 6, 1083179010, 600, 60, 0.5905358878458327, -0.01577314660331608, 0.8068572197188077),
    ('01900014-0002-7000-8000-000000000002', 0, '2027-06-15', '2027-06-15 09:00:00', '2027-06-15 10:30:00', 4750, 6, 1083180036, 600, 90, 0.5905358878458327, -0.01577314660331608, 0.8068572197188077);
INSERT INTO "EventSteps" ("Id", "EventId", "At", "Who", "What", "Words") VALUES
    ('01900015-0001-7000-8000-000000000001', '01900014-0001-7000-8000-000000000001', '2024-04-01 10:00:00', 'Organiser', 'started', ''),
    ('01900015-0002-7000-8000-000000000002', '01900014-0001-7000-8000-000000000001', '2024-04-30 11:02:00', 'Bea O''Brien', 'approved', ''),
    ('01900015-0003-7000-8000-000000000003', '01900014-0001-7000-8000-000000000001', '2024-05-20 10:00:00', 'Organiser', 'told how it went', 'A full room.
Thank you!'),
    ('01900015-0004-7000-8000-000000000004', '01900014-0002-7000-8000-000000000002', '2026-10-03 09:00:00', 'Bea O''Brien', 'approved', ''),
    ('01900015-0005-7000-8000-000000000005', '01900014-0002-7000-8000-000000000002', '2026-11-22 08:00:00', 'Organiser', 'asked for a change', ''),
    ('01900015-0006-7000-8000-000000000006', '01900014-0003-7000-8000-000000000003', '2026-11-20 10:30:00', 'Organiser', 'sent it to be checked', ''),
    ('01900015-0007-7000-8000-000000000007', '01900014-0004-7000-8000-000000000004', '2025-06-02 10:00:00', 'Ada Ashworth', 'withdrew', 'Nobody came to the last one.');
INSERT INTO "EventLinks" ("Hash", "EventId", "Mailed", "MadeAt") VALUES
    ('7ee1a1b0136e0e3da6fa4a9af071a3e38dafe36d1c2bbecb16de211ea6d4925a', '01900014-0002-7000-8000-000000000002', 1, '2026-10-01 10:00:00'),
    ('a02afaede0d9590426214020a14406dee543e20d948ce7b1be281a0aa61366a3', '01900014-0005-7000-8000-000000000005', 0, '2026-11-23 12:00:00');
INSERT INTO "EventConcerns" ("Id", "EventId", "At", "Words", "ClosedAt", "ClosedBy") VALUES
    ('01900016-0001-7000-8000-000000000001', '01900014-0002-7000-8000-000000000002', '2026-11-21 10:00:00', 'The path is steep; not "step-free".', NULL, NULL),
    ('01900016-0002-7000-8000-000000000002', '01900014-0001-7000-8000-000000000001', '2024-05-03 10:00:00', 'Wrong door.', '2024-05-03 12:00:00', 'Bea O''Brien');
INSERT INTO "PlaceSources" ("Id", "File", "Attribution", "ImportedAt", "Postcodes") VALUES
    ('01900017-0001-7000-8000-000000000001', 'ONSPD_AUG_2024.csv', 'Contains OS data © Crown copyright and database right 2024', '2024-09-01 10:00:00', 2);
INSERT INTO "PostcodePlaces" ("Key", "Latitude", "Longitude") VALUES
    (58460709968, 5379900, -154800),
    (58473827991, 5383800, -149900);

-- Messages to the charity: answered, a concern, and a complaint about data protection with its day.
INSERT INTO "ContactMessages" ("Id", "Form", "Reference", "Kind", "Name", "Email", "Text", "At", "DueOn", "AnsweredAt", "AnsweredBy") VALUES
    ('01900018-0001-7000-8000-000000000001', '01900019-0001-7000-8000-000000000001', 'CDFG-2345', 'Message', 'Pat', 'pat@example.org', 'Is there a poster?', '2024-06-10 10:00:00', NULL, '2024-06-11 10:00:00', 'Ada Ashworth'),
    ('01900018-0002-7000-8000-000000000002', '01900019-0002-7000-8000-000000000002', 'CDFG-2346', 'Concern', NULL, 'Worried@Example.org', 'I am worried.
''; DROP TABLE "Events"; --', '2026-11-22 23:59:59.999', NULL, NULL, NULL),
    ('01900018-0003-7000-8000-000000000003', '01900019-0003-7000-8000-000000000003', 'CDFG-2347', 'DataProtection', 'Quinn', 'quinn@example.org', 'Please delete what you have of me.', '2026-11-20 10:00:00', '2026-12-20', NULL, NULL);

-- Mails: some wait, one of them for later, one was being sent when the site was stopped, one was given up, and one has left.
INSERT INTO "OutboxMails" ("Id", "Kind", "About", "To", "Subject", "Text", "Html", "Calendar", "LeaveAt", "QueuedAt", "NextAttemptAt", "Attempts", "LeasedUntil", "SentAt", "GivenUpAt", "LastProblem") VALUES
    ('0190001A-0001-7000-8000-000000000001', 'course-place-offered', '0190000c000270008000000000000002:offered:1', 'Olu@Nest.example', 'About the week', 'Hello. Read course-place-offered here.', '<p>Hello. Read course-place-offered here.</p>', 'BEGIN:VCALENDAR
END:VCALENDAR
', NULL, '2026-11-29 09:00:00', '2026-11-29 09:00:00', 0, NULL, NULL, NULL, NULL),
    ('0190001A-0002-7000-8000-000000000002', 'staff-invitation', '01900004-0001-7000-8000-000000000001', 'eve@week.example', 'About the week', 'Hello. Read staff-invitation here.', '<p>Hello. Read staff-invitation here.</p>', NULL, NULL, '2026-11-27 15:00:00', '2026-11-27 15:01:00', 1, NULL, NULL, NULL, 'The mail server could not be reached.'),
    ('0190001A-0003-7000-8000-000000000003', 'course-offer-ended', '0190000c000870008000000000000008:ended', 'ed@old.example', 'About the week', 'Hello. Read course-offer-ended here.', '<p>Hello. Read course-offer-ended here.</p>', NULL, NULL, '2026-11-29 09:00:01', '2026-11-29 09:00:01', 0, NULL, NULL, NULL, NULL),
    ('0190001A-0004-7000-8000-000000000004', 'course-message', '0190000c000170008000000000000001:message:1', 'hazel@homestart.example', 'About the week', 'Hello. Read course-message here.', '<p>Hello. Read course-message here.</p>', NULL, 'https://week.example/courses/leave', '2026-11-29 09:00:02', '2027-01-20 09:00:00', 0, NULL, NULL, NULL, NULL),
    ('0190001A-0005-7000-8000-000000000005', 'contact-received', '01900018-0002-7000-8000-000000000002', 'Worried@Example.org', 'About the week', 'Hello. Read contact-received here.', '<p>Hello. Read contact-received here.</p>', NULL, NULL, '2026-11-29 08:59:00', '2026-11-29 08:59:00', 1, '2026-11-29 09:04:00', NULL, NULL, NULL),
    ('0190001A-0006-7000-8000-000000000006', 'course-reminder', '0190000c000770008000000000000007:1', 'nobody@gone.example', 'About the week', 'Hello. Read course-reminder here.', '<p>Hello. Read course-reminder here.</p>', NULL, NULL, '2026-10-01 09:00:00', '2026-10-05 09:00:00', 26, NULL, NULL, '2026-10-05 09:00:00', '550 5.1.1 No such user'),
    ('0190001A-0007-7000-8000-000000000007', 'event-approved', '01900014-0002-7000-8000-000000000002', 'fathers@walk.example', 'About the week', '', '', NULL, NULL, '2026-10-03 09:00:00', '2026-10-03 09:00:00', 1, NULL, '2026-10-03 09:00:05', NULL, NULL),
    ('0190001A-0008-7000-8000-000000000008', 'event-started', '01900014-0005-7000-8000-000000000005', 'draft@sample.example', 'About the week', 'Hello. Read event-started here.', '<p>Hello. Read event-started here.</p>', NULL, NULL, '2026-11-29 08:00:00', '2026-11-29 08:00:00', 0, NULL, NULL, NULL, NULL),
    ('0190001A-0009-7000-8000-000000000009', 'course-draft', '01900010-0001-7000-8000-000000000001:1', 'mair@babi.example', 'About the week', 'Hello. Read course-draft here.', '<p>Hello. Read course-draft here.</p>', NULL, NULL, '2026-11-29 08:00:00', '2026-11-29 08:00:00', 0, NULL, NULL, NULL, NULL);

-- Pages: texts of years, drafts (one waits for a review, one was set aside), changes that are planned, a picture.
INSERT INTO "PageRevisions" ("Id", "File", "Text", "Hash", "At", "StaffId", "Who", "Note", "Origin", "State", "ContinuedBy") VALUES
    ('0190001B-0001-7000-8000-000000000001', 'about.md', '---
title: About the week
summary: What it is.
label: About
reviewed: 2024-01-01
---

## What it is

A week in June.
', 'fa758b4b93544e911e40f662b9bd91665d2084c95ffe925b51c5e2eac769d767', '2023-05-01 10:00:00', '01900001-0001-7000-8000-000000000001', 'Ada Ashworth', 'First words', 'Editor', 'Published', '0190001B-0002-7000-8000-000000000002'),
    ('0190001B-0002-7000-8000-000000000002', 'about.md', '---
title: About the week
summary: What it is.
label: About
reviewed: 2024-01-01
---

## What it is

A week in June.
More.
', '5585e2ebcd8c063824d7bc23267d463f640f95dedcf11d4be44d100ecfc4c0fc', '2023-05-01 10:05:00', '01900001-0001-7000-8000-000000000001', 'Ada Ashworth', NULL, 'Editor', 'Published', NULL),
    ('0190001B-0003-7000-8000-000000000003', 'privacy.md', 'outside', '31207a2065f46a5b948fce6fe5c13e85abaf5631e2f894b47dcd4fce14f6c57b', '2024-01-01 10:00:00', NULL, 'Outside the editor', NULL, 'Outside', 'Published', NULL),
    ('0190001B-0004-7000-8000-000000000004', 'old.md', NULL, '', '2024-02-01 10:00:00', '01900001-0003-7000-8000-000000000003', 'Cal Ŵynne', 'Taken away', 'Editor', 'Published', NULL),
    ('0190001B-0005-7000-8000-000000000005', 'about.md', '---
title: About the week
summary: What it is.
label: About
reviewed: 2024-01-01
---

## What it is

A week in June.
Planned.
', 'b41927bc5f04fce1815a750bbadff034f348eb666a666c75a3611ec07fe91d9b', '2025-06-01 06:00:00', '01900001-0003-7000-8000-000000000003', 'Cal Ŵynne', NULL, 'Plan', 'Published', NULL),
    ('0190001B-0006-7000-8000-000000000006', 'about.md', '---
title: About the week
summary: What it is.
label: About
reviewed: 2024-01-01
---

## What it is

A week in June.
Cut off.
', 'ebdbbd8be6cd78765e1fb5357a30ea99e28ed4bdbcf00b49c9583f157159531a', '2025-07-01 06:00:00', '01900001-0003-7000-8000-000000000003', 'Cal Ŵynne', NULL, 'Editor', 'Interrupted', NULL);
INSERT INTO "PageDrafts" ("Id", "File", "StaffId", "Who", "Text", "BaseText", "BaseHash", "Stamp", "SavedAt", "AskedAt", "Note", "SetAsideAt") VALUES
    ('0190001C-0001-7000-8000-000000000001', 'about.md', '01900001-0004-7000-8000-000000000004', 'Dot', '---
title: About the week
summary: What it is.
label: About
reviewed: 2024-01-01
---

## What it is

A week in June.
Dot was here.
', '---
title: About the week
summary: What it is.
label: About
reviewed: 2024-01-01
---

## What it is

A week in June.
', 'fa758b4b93544e911e40f662b9bd91665d2084c95ffe925b51c5e2eac769d767', 3, '2026-11-22 10:00:00', '2026-11-22 10:01:00', 'Please look at the last line.', NULL),
    ('0190001C-0002-7000-8000-000000000002', 'about.md', '01900001-0004-7000-8000-000000000004', 'Dot', 'An older try', NULL, NULL, 1, '2026-10-22 10:00:00', NULL, NULL, '2026-11-01 10:00:00'),
    ('0190001C-0003-7000-8000-000000000003', 'brand-new.md', '01900001-0003-7000-8000-000000000003', 'Cal Ŵynne', '---
title: About the week
summary: What it is.
label: About
reviewed: 2024-01-01
---

## What it is

A week in June.
', NULL, NULL, 12, '2026-11-23 10:00:00', NULL, NULL, NULL);
INSERT INTO "PlannedChanges" ("Id", "File", "Text", "BaseText", "BaseHash", "At", "StaffId", "Who", "Note", "State", "SettledAt", "Problem") VALUES
    ('0190001D-0001-7000-8000-000000000001', 'about.md', '---
title: About the week
summary: What it is.
label: About
reviewed: 2024-01-01
---

## What it is

A week in June.
In June.
', '---
title: About the week
summary: What it is.
label: About
reviewed: 2024-01-01
---

## What it is

A week in June.
', 'fa758b4b93544e911e40f662b9bd91665d2084c95ffe925b51c5e2eac769d767', '2027-06-01 05:00:00', '01900001-0003-7000-8000-000000000003', 'Cal Ŵynne', 'For the week', 'Waiting', NULL, NULL),
    ('0190001D-0002-7000-8000-000000000002', 'about.md', '---
title: About the week
summary: What it is.
label: About
reviewed: 2024-01-01
---

## What it is

A week in June.
Planned.
', '---
title: About the week
summary: What it is.
label: About
reviewed: 2024-01-01
---

## What it is

A week in June.
', 'fa758b4b93544e911e40f662b9bd91665d2084c95ffe925b51c5e2eac769d767', '2025-06-01 05:00:00', '01900001-0003-7000-8000-000000000003', 'Cal Ŵynne', NULL, 'Done', '2025-06-01 06:00:00', NULL),
    ('0190001D-0003-7000-8000-000000000003', 'themes/2024.md', 'changed', 'base', 'cae662172fd450bb0cd710a769079c05bfc5d8e35efa6576edc7d0377afdd4a2', '2024-06-01 05:00:00', '01900001-0003-7000-8000-000000000003', 'Cal Ŵynne', NULL, 'NeedsSomebody', NULL, 'The page was changed meanwhile in the same place.'),
    ('0190001D-0004-7000-8000-000000000004', 'about.md', 'withdrawn', NULL, NULL, '2024-06-01 05:00:00', '01900001-0001-7000-8000-000000000001', 'Ada Ashworth', NULL, 'Withdrawn', '2024-05-01 06:00:00', NULL);
INSERT INTO "MediaPictures" ("File", "Alternative", "Decorative", "At", "Who") VALUES
    ('park.webp', 'A path in a park', 0, '2024-03-01 10:00:00', 'Ada Ashworth'),
    ('line.webp', '', 1, '2024-03-01 10:01:00', 'Ada Ashworth');
