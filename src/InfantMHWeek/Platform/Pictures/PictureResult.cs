namespace InfantMHWeek.Platform.Pictures;

/// <summary>What became of a picture that somebody brought.</summary>
enum PictureResult
{
    Stored,
    NotAPicture,
    Broken,
    TooManyBytes,
    TooManyPixels,
    TooThin,
    BadName,
    Taken,
    NotWritten,
}

static class PictureResults
{
    extension(PictureResult result)
    {
        /// <summary>Whether another name would do.</summary>
        public bool IsAboutName => result is PictureResult.BadName or PictureResult.Taken;

        /// <summary>Why it was not stored, and what to do.</summary>
        public string Words =>
            result switch
            {
                PictureResult.BadName => "Use small letters, digits and hyphens, such as family-in-park.",
                PictureResult.Taken => "There is a picture of this name. Tick “Replace” to show the new one everywhere.",
                PictureResult.TooManyBytes => $"This file is larger than {PictureReader.MostBytes / 1024 / 1024} MB.",
                PictureResult.TooManyPixels =>
                    "This picture has more pixels than we can take: 40 million in a JPEG, 24 million otherwise. Make it smaller first.",
                PictureResult.TooThin =>
                    $"This picture is too thin to be seen on a page: its long side may be at most {PictureReader.MostProportion} "
                        + "times its short side. Cut it first.",
                PictureResult.Broken => "This picture breaks off in the middle or is damaged. Save it again, or choose another copy.",
                PictureResult.NotAPicture => "This is not a picture that we can read. Use JPEG, PNG, WebP or GIF.",
                _ => "The picture could not be stored just now. Please try again.",
            };
    }
}
