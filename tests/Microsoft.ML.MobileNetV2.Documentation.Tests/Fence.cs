namespace Microsoft.ML.MobileNetV2.Documentation.Tests;

/// <summary>Represents a fenced block of a Markdown file.</summary>
/// <param name="Language">What stands behind the opening fence, such as csharp.</param>
/// <param name="Line">Line of the block's first line of text, from 1.</param>
/// <param name="Text">The lines of the block, without the indentation that the fence has.</param>
/// <param name="Marks">The comments between the block and the text above it.</param>
internal sealed record Fence(string Language, int Line, IReadOnlyList<string> Text, IReadOnlyList<string> Marks)
{
    private const string Mark = "```";

    internal static IEnumerable<Fence> Read(IReadOnlyList<string> lines)
    {
        for (int i = 0; i < lines.Count; i++)
        {
            string opening = lines[i].TrimStart();
            if (opening.StartsWith(Mark, StringComparison.Ordinal))
            {
                int indentation = lines[i].Length - opening.Length;
                string[] text = [.. lines.Skip(i + 1).TakeWhile(line => line.Trim() != Mark)];
                yield return new(opening[Mark.Length..].Trim(), i + 2, [.. text.Select(line => Unindent(line, indentation))], MarksAbove(lines, i));
                i += text.Length + 1;
            }
        }
    }

    private static string Unindent(string line, int indentation) => line[Math.Min(indentation, line.Length - line.TrimStart().Length)..];

    private static string[] MarksAbove(IReadOnlyList<string> lines, int index) =>
    [
        .. lines.Take(index).Reverse().Select(line => line.Trim()).Where(line => line.Length > 0)
            .TakeWhile(line => line.StartsWith("<!--", StringComparison.Ordinal)),
    ];
}
