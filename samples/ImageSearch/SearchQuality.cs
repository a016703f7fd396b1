using System.Diagnostics;
using System.Numerics.Tensors;

namespace ImageSearch;

/// <summary>Represents how good and how fast a search is.</summary>
/// <param name="QueryCount">The number of images that were searched for.</param>
/// <param name="FractionOfSameFolder">The fraction of the images found that are in the folder of the one searched for.</param>
/// <param name="FractionByChance">The same fraction for images drawn at random.</param>
/// <param name="ExactCount">The number of searches that found the nearest images.</param>
/// <param name="MedianTime">The median time of a search.</param>
internal sealed record SearchQuality(int QueryCount, double FractionOfSameFolder, double FractionByChance, int ExactCount, TimeSpan MedianTime)
{
    private const int MaxQueryCount = 200;

    /// <summary>The largest difference of two distances that counts as none: sums of 1280 products in another order.</summary>
    private const float DistanceTolerance = 1e-5f;

    /// <summary>Searches for images that are spread evenly over an index.</summary>
    internal static SearchQuality Measure(ImageIndex index, int count)
    {
        IReadOnlyList<(string Path, float[] Features)> images = index.List();
        Dictionary<string, int> folders = images.CountBy(image => ImageFile.FolderOf(image.Path)).ToDictionary();
        int queryCount = Math.Min(images.Count, MaxQueryCount);
        List<TimeSpan> times = [];
        double same = 0;
        double chance = 0;
        int exact = 0;
        for (int i = 0; i < queryCount; i++)
        {
            (string path, float[] features) = images[(int)((long)i * images.Count / queryCount)];
            var watch = Stopwatch.StartNew();
            IReadOnlyList<Neighbor> nearest = index.FindNearest(features, count, path);
            times.Add(watch.Elapsed);
            same += nearest.Count(neighbor => ImageFile.FolderOf(neighbor.Path) == ImageFile.FolderOf(path)) / (double)Math.Max(1, nearest.Count);
            exact += AreNearest(nearest, features, images.Where(image => image.Path != path)) ? 1 : 0;
            chance += (folders[ImageFile.FolderOf(path)] - 1) / (double)Math.Max(1, images.Count - 1);
        }

        times.Sort();
        return new(queryCount, same / queryCount, chance / queryCount, exact, times[times.Count / 2]);
    }

    /// <summary>Compares the images found with all others, one by one.</summary>
    private static bool AreNearest(IReadOnlyList<Neighbor> found, float[] features, IEnumerable<(string Path, float[] Features)> others) => others
        .Select(image => 1 - TensorPrimitives.CosineSimilarity(features, image.Features))
        .Order()
        .Zip(found, (expected, neighbor) => Math.Abs(expected - neighbor.Distance))
        .All(difference => difference <= DistanceTolerance);
}
