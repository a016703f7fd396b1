using System.Globalization;
using TransferLearning;

namespace ImageSearch;

/// <summary>Holds what was asked for on the command line.</summary>
internal sealed record SearchOptions
{
    internal const string Help = """
        Finds similar images and near-duplicates in a folder.

        Usage: ImageSearch [<folder of images>] [--like <image>] [--count <number>] [--duplicates <distance>]
                           [--index <folder>] [--sheet <file>] [--measure]

          <folder of images>       Searched with its sub-folders. Without it, images of surfaces are drawn first.
          --like <image>           The image to find similar ones for. Default: the first of the folder.
          --count <number>         How many to find. Default: 10
          --duplicates <distance>  Up to which cosine distance images count as near-duplicates. Default: 0.05
          --index <folder>         Where the index is kept. Default: the name of the folder with '.image-index', here.
          --sheet <file>           Where the page to look at is written. Default: similar.html
          --measure                Prints how many of the nearest images are in the same folder, and the time of a search.
          --help                   Prints this.
        """;

    internal string? Folder { get; private init; }

    internal string? Like { get; private init; }

    internal int Count { get; private init; } = 10;

    internal float MaxDuplicateDistance { get; private init; } = 0.05f;

    internal string? IndexFolder { get; private init; }

    internal string SheetPath { get; private init; } = "similar.html";

    internal bool IsMeasured { get; private init; }

    internal bool IsHelpWanted { get; private init; }

    /// <summary>Gets a value indicating whether the images are deleted in the end.</summary>
    internal bool AreImagesTemporary { get; private init; }

    /// <summary>Returns options for images that were drawn.</summary>
    internal SearchOptions In(DrawnImages images) =>
        this with { Folder = images.Folder, IndexFolder = IndexFolder ?? images.IndexFolder, AreImagesTemporary = true };

    /// <exception cref="UsageException">The arguments cannot be understood.</exception>
    internal static SearchOptions Parse(IReadOnlyList<string> arguments)
    {
        SearchOptions options = new();
        for (int i = 0; i < arguments.Count; i++)
        {
            options = arguments[i] switch
            {
                "--help" or "-h" => options with { IsHelpWanted = true },
                "--measure" => options with { IsMeasured = true },
                ['-', '-', ..] name => options.With(name, ValueOf(arguments, i++)),
                "" => throw new UsageException("The folder of images is an empty text."),
                string folder when options.Folder is null => options with { Folder = folder },
                string second => throw new UsageException($"One folder of images is expected, but a second one is given: '{second}'."),
            };
        }

        return options;
    }

    private SearchOptions With(string name, string value) => name switch
    {
        "--like" => this with { Like = value },
        "--index" => this with { IndexFolder = value },
        "--sheet" => this with { SheetPath = value },
        "--count" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0
            ? this with { Count = count }
            : throw new UsageException($"--count is '{value}'; expected a whole number above 0."),
        "--duplicates" => float.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out float distance) && distance is >= 0 and <= 1
            ? this with { MaxDuplicateDistance = distance }
            : throw new UsageException($"--duplicates is '{value}'; expected a number from 0 to 1."),
        _ => throw new UsageException($"There is no option '{name}'; --help lists all."),
    };

    private static string ValueOf(IReadOnlyList<string> arguments, int index) => index + 1 < arguments.Count
        ? arguments[index + 1]
        : throw new UsageException($"A value is expected behind '{arguments[index]}'.");
}
