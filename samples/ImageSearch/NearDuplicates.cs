using System.Collections.Concurrent;
using System.Numerics.Tensors;

namespace ImageSearch;

/// <summary>Finds images that are almost the same: copies of another size, quality or crop.</summary>
/// <remarks>Compares each with each, which is a product of matrices: .NET's vectors do it many times faster than a join in a database.</remarks>
internal static class NearDuplicates
{
    /// <summary>Returns the pairs whose cosine distance is at most <paramref name="maxDistance"/>, the nearest first.</summary>
    internal static IReadOnlyList<ImagePair> Find(IReadOnlyList<(string Path, float[] Features)> images, float maxDistance)
    {
        float[][] units = [.. images.Select(image => ToUnit(image.Features))];
        ConcurrentBag<ImagePair> pairs = [];
        Parallel.For(0, units.Length, first =>
        {
            for (int second = first + 1; second < units.Length; second++)
            {
                float distance = Math.Max(0, 1 - TensorPrimitives.Dot(units[first], units[second]));
                if (distance <= maxDistance)
                {
                    pairs.Add(new(images[first].Path, images[second].Path, distance));
                }
            }
        });
        return [.. pairs.OrderBy(pair => pair.Distance).ThenBy(pair => pair.First, StringComparer.Ordinal).ThenBy(pair => pair.Second, StringComparer.Ordinal)];
    }

    private static float[] ToUnit(float[] features)
    {
        float[] unit = new float[features.Length];
        TensorPrimitives.Divide(features, TensorPrimitives.Norm(features), unit);
        return unit;
    }
}
