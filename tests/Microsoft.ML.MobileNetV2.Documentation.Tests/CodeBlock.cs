namespace Microsoft.ML.MobileNetV2.Documentation.Tests;

/// <summary>Is a block of C# in a Markdown file, with the blocks above that it goes on from.</summary>
/// <param name="File">Path of the file from the repository's root.</param>
/// <param name="Line">Line of the block's first line of code, from 1.</param>
/// <param name="Code">The code.</param>
/// <param name="Above">The block that this one goes on from; null where it stands alone.</param>
internal sealed record CodeBlock(string File, int Line, string Code, CodeBlock? Above)
{
    /// <summary>Written on a line of its own above a block, it is not shown to readers.</summary>
    private const string ContinuationMark = "<!-- continues the block above -->";
    private const string Fence = "```";

    /// <summary>Gets the blocks that are compiled together, in their order.</summary>
    internal IEnumerable<CodeBlock> Chain => Above is null ? [this] : Above.Chain.Append(this);

    internal static IReadOnlyList<CodeBlock> Read(string file) => Read(file, System.IO.File.ReadAllLines(Repository.PathOf(file)));

    internal static IReadOnlyList<CodeBlock> Read(string file, IReadOnlyList<string> lines)
    {
        List<CodeBlock> blocks = [];
        for (int i = 0; i < lines.Count; i++)
        {
            if (lines[i].Trim() == "```csharp")
            {
                string[] code = [.. lines.Skip(i + 1).TakeWhile(line => line.Trim() != Fence)];
                bool continues = lines.Take(i).LastOrDefault(line => line.Trim().Length > 0)?.Trim() == ContinuationMark;
                blocks.Add(new(file, i + 2, string.Join('\n', code), continues ? blocks[^1] : null));
                i += code.Length + 1;
            }
        }

        return blocks;
    }
}
