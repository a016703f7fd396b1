namespace Microsoft.ML.MobileNetV2.Tool.Shell;

/// <summary>Warns of many things at once.</summary>
internal static class Warnings
{
    private const int Most = 20;

    /// <summary>Writes the first messages, each in a line, and how many more there are.</summary>
    internal static void Write(IReadOnlyCollection<string> messages, CommandContext context)
    {
        foreach (string message in messages.Take(Most))
        {
            context.Warn(message);
        }

        if (messages.Count > Most)
        {
            context.Warn($"… and {messages.Count - Most} more");
        }
    }
}
