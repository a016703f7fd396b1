using System.Diagnostics;

namespace ImageSearch;

/// <summary>Represents how good and how fast a search is.</summary>
/// <param name="QueryCount">The number of images that were searched for.</param>
/// <param name="FractionOfSameFolder">The fraction of the images found that are in the folder of the one searched for.</param>
/// <param name="FractionByChance">The same fraction for images drawn at random.</param>
/// <param name="MedianTime">The median time of a search.</param>
internal sealed record SearchQuality(int QueryCount, double FractionOfSameFolder, double FractionByChance, TimeSpan MedianTime)
{
    private const int MaxQueryCount = 200;

    /// <summary>Searches for images that are spread evenly over an index.</summary>
    internal static SearchQuality Measure(ImageIndex index, int count)
    {
        IReadOnlyList<(string Path, float[] Features)> images = index.List();
        Dictionary<string, int> folders = images.CountBy(image => ImageFile.FolderOf(image.Path)).ToDictionary();
        int queryCount = Math.Min(images.Count, MaxQueryCount);
        List<TimeSpan> times = [];
        double same = 0;
        double chance = 0;
        for (int i = 0; i < queryCount; i++)
        {
            (string path, float[] features) = images[(int)((long)i * images.Count / queryCount)];
            var watch = Stopwatch.StartNew();
            IReadOnlyList<Neighbor> nearest = index.FindNearest(features, count, path);
            times.Add(watch.Elapsed);
            same += nearest.Count(neighbor => ImageFile.FolderOf(neighbor.Path) == ImageFile.FolderOf(path)) / (double)Math.Max(1, nearest.Count);
            chance += (folders[ImageFile.FolderOf(path)] - 1) / (double)Math.Max(1, images.Count - 1);
        }

        times.Sort();
        return new(queryCount, same / queryCount, chance / queryCount, times[times.Count / 2]);
    }
}
