namespace Microsoft.ML.MobileNetV2.Documentation.Tests;

/// <summary>Represents a block of C# in a Markdown file, with the blocks above that it goes on from.</summary>
/// <param name="File">Path of the file from the repository's root.</param>
/// <param name="Line">Line of the block's first line of code, from 1.</param>
/// <param name="Code">The code.</param>
/// <param name="Above">The block that this one goes on from; null where it stands alone.</param>
internal sealed record CodeBlock(string File, int Line, string Code, CodeBlock? Above)
{
    /// <summary>Begins a comment that tells why a block is not run.</summary>
    internal const string NotRunMark = "<!-- not run: ";

    /// <summary>Begins the comment of a block that the tests of the package run as a project of its own.</summary>
    internal const string ProjectMark = "<!-- runs as ";

    /// <summary>Written on a line of its own above a block, it is not shown to readers.</summary>
    private const string ContinuationMark = "<!-- continues the block above -->";

    /// <summary>A program with such a line serves until it is stopped.</summary>
    private const string Serving = "app.Run();";

    private const string StartAndStop = "await app.StartAsync(); await app.StopAsync(); await app.DisposeAsync();";

    /// <summary>Gets the lines that the page shows as printed by the block; none where it shows nothing.</summary>
    internal IReadOnlyList<string> Output { get; init; } = [];

    /// <summary>Gets the comments directly above the block.</summary>
    internal IReadOnlyList<string> Marks { get; init; } = [];

    /// <summary>Gets the blocks that are compiled together, in their order.</summary>
    internal IEnumerable<CodeBlock> Chain => Above is null ? [this] : Above.Chain.Append(this);

    /// <summary>Gets a value indicating whether the block finds what it needs in <see cref="ReaderFolder"/>, and is not run elsewhere.</summary>
    internal bool IsRunHere => !Marks.Any(mark => mark.StartsWith(NotRunMark, StringComparison.Ordinal) || mark.StartsWith(ProjectMark, StringComparison.Ordinal));

    /// <summary>Returns the block with a service that stops as soon as it has started.</summary>
    internal CodeBlock ThatEnds() => this with { Code = Code.Replace(Serving, StartAndStop, StringComparison.Ordinal) };

    internal static IReadOnlyList<CodeBlock> Read(string file) => Read(file, System.IO.File.ReadAllLines(Repository.PathOf(file)));

    internal static IReadOnlyList<CodeBlock> Read(string file, IReadOnlyList<string> lines)
    {
        List<CodeBlock> blocks = [];
        foreach (Fence fence in Fence.Read(lines))
        {
            if (fence.Language == "csharp")
            {
                bool continues = fence.Marks.Contains(ContinuationMark);
                blocks.Add(new(file, fence.Line, string.Join('\n', fence.Text), continues ? blocks[^1] : null) { Marks = fence.Marks });
            }
            else if (fence.Language == "text" && blocks.Count > 0)
            {
                blocks[^1] = blocks[^1] with { Output = [.. blocks[^1].Output, .. fence.Text] };
            }
        }

        return blocks;
    }
}
