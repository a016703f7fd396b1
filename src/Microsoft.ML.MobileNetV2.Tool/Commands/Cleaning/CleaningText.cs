using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Commands.Cleaning;

/// <summary>Writes the list for people.</summary>
internal static class CleaningText
{
    internal static void Write(CleaningResult result, CommandContext context)
    {
        WriteSection("cannot be read", result.Unreadable.Select(file => $"{file.Path}: {file.Reason}"), context);
        WriteSection("look alike", result.Duplicates.Select(group => string.Join("  ", group)), context);
        WriteSection(
            "are perhaps of another class",
            result.LikelyWrong.Select(image => $"{image.Path}: {image.Label} {image.LabelScore:0.0 %}, rather {image.Suggested} {image.SuggestedScore:0.0 %}"),
            context);
        context.WriteLine(
            $"images read: {result.Count}, not: {result.Unreadable.Count}; groups that look alike: {result.Duplicates.Count}; labels that are likely wrong: {result.LikelyWrong.Count}");
    }

    private static void WriteSection(string title, IEnumerable<string> lines, CommandContext context)
    {
        string[] all = [.. lines];
        if (all.Length == 0)
        {
            return;
        }

        context.WriteLine($"{title}:");
        Array.ForEach(all, line => context.WriteLine($"  {line}"));
        context.WriteLine();
    }
}
