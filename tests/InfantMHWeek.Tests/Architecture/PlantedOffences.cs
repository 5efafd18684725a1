// One small site in which each rule is broken; several namespaces belong to it.
#pragma warning disable IDE0130, IDE0160, IDE0161, CA1822, CA1812, MA0048, MA0036, IDE0060
namespace InfantMHWeek.Tests.Architecture.Planted.Campaign.Content
{
    public sealed class Page;

    public static class Reader
    {
        public static int Read() => Rendering.Renderer.Draw(null);
    }
}

namespace InfantMHWeek.Tests.Architecture.Planted.Campaign.Rendering
{
    public static class Renderer
    {
        public static int Draw(Content.Page? page) => page is null ? 0 : 1;
    }
}

namespace InfantMHWeek.Tests.Architecture.Planted.Events
{
    public sealed class ByGenericArgument
    {
        public int Count() => Array.Empty<Courses.Cohort>().Length;
    }

    public sealed class ByLambda
    {
        public Func<object> Maker() => () => new Contact.Message();
    }

    public sealed class ByAsync
    {
        public async Task<object> MakeAsync()
        {
            await Task.Yield();
            return new Contact.Message();
        }
    }
}

namespace InfantMHWeek.Tests.Architecture.Planted.Courses
{
    public sealed class Cohort;

    public sealed class ByView
    {
        public string View => "/Staff/_Frame.cshtml";
    }
}

namespace InfantMHWeek.Tests.Architecture.Planted.Contact
{
    [AttributeUsage(AttributeTargets.Class)]
    public sealed class AboutAttribute(Type type) : Attribute
    {
        public Type Type => type;
    }

    [About(typeof(Staff.Screen))]
    public sealed class ByMark;

    public sealed class Message;
}

namespace InfantMHWeek.Tests.Architecture.Planted.Editing
{
    public sealed class ByStaticCall
    {
        public int Read() => Platform.Clock.Now() + Campaign.Content.Reader.Read() + Staff.Screen.Count();

        public Type Other() => typeof(Courses.Cohort);
    }
}

namespace InfantMHWeek.Tests.Architecture.Planted.Shared
{
    public sealed class Frame
    {
        public IReadOnlyList<Campaign.Content.Page> Menu { get; } = [];
    }
}

namespace InfantMHWeek.Tests.Architecture.Planted.Platform
{
    public static class Clock
    {
        public static int Now()
        {
            try
            {
                return 1;
            }
            catch (Editing.TroubleException)
            {
                return 0;
            }
        }
    }
}

namespace InfantMHWeek.Tests.Architecture.Planted.Editing
{
    public sealed class TroubleException : Exception;
}

namespace InfantMHWeek.Tests.Architecture.Planted.Staff
{
    public sealed class Screen
    {
        public static int Count() => 1;

        public object Allowed() => (new Events.ByLambda(), new Editing.ByStaticCall(), Platform.Clock.Now());
    }
}
