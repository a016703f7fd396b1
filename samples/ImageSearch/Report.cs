namespace ImageSearch;

/// <summary>Prints what was found, and writes it as a page.</summary>
/// <param name="folder">The folder that was searched; the names of its files are printed without it.</param>
/// <param name="options">What was asked for.</param>
internal sealed class Report(string folder, SearchOptions options)
{
    internal static void Print(IReadOnlyList<string> errors, long indexedCount)
    {
        foreach (string error in errors)
        {
            Console.Error.WriteLine($"error: {error}");
        }

        Console.WriteLine($"{indexedCount} images in the index");
    }

    internal void Print(string like, IReadOnlyList<Neighbor> nearest)
    {
        Console.WriteLine($"\nsimilar to {NameOf(like)}:");
        foreach (Neighbor neighbor in nearest)
        {
            Console.WriteLine($"  {neighbor.Distance:0.000}  {NameOf(neighbor.Path)}");
        }
    }

    internal void Print(IReadOnlyList<ImagePair> duplicates)
    {
        Console.WriteLine($"\nnear-duplicates, up to a distance of {options.MaxDuplicateDistance:0.000}: {duplicates.Count}");
        foreach (ImagePair pair in duplicates.Take(options.Count))
        {
            Console.WriteLine($"  {pair.Distance:0.000}  {NameOf(pair.First)}  {NameOf(pair.Second)}");
        }
    }

    internal void Print(SearchQuality quality)
    {
        Console.WriteLine($"\n{quality.QueryCount} searches for {options.Count} images, median {quality.MedianTime.TotalMilliseconds:0.0} ms");
        Console.WriteLine($"{quality.ExactCount} of them found those that are nearest by a comparison with every image");
        Console.WriteLine($"{quality.FractionOfSameFolder:0.0 %} of the images found are in the same folder; by chance it would be {quality.FractionByChance:0.0 %}");
    }

    internal void WriteSheet(ContactSheet sheet, string like, IReadOnlyList<Neighbor> nearest, IReadOnlyList<ImagePair> duplicates)
    {
        sheet.AddTitle("Similar images");
        sheet.AddRow(nearest.Prepend(new(like, 0)));
        sheet.AddTitle("Near-duplicates");
        foreach (ImagePair pair in duplicates.Take(options.Count))
        {
            sheet.AddRow([new(pair.First, 0), new(pair.Second, pair.Distance)]);
        }

        sheet.Save(options.SheetPath);
        Console.WriteLine($"\nlook at {options.SheetPath}");
    }

    private string NameOf(string path) => Path.GetRelativePath(folder, path);
}
