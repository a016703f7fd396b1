using Microsoft.ML.MobileNetV2.Caching;
using Microsoft.ML.MobileNetV2.Inference;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Fuzzing;

/// <summary>Makes the target for files of cached features.</summary>
internal static class CacheTargets
{
    private const int FeatureCount = 8;
    private const int RecordCount = 5;
    private static readonly FeatureFileFormat Format = new(FeatureKey.Of("network", [1]), FeatureCount);
    private static readonly float[] Written = [0, 0.5f, 1, 2, 3, 4, 5, 6];

    /// <summary>Damages a file: a record is as it was written, or is not there.</summary>
    internal static FuzzTarget Features()
    {
        byte[] file = WriteFile();
        return new("features", file, Read, _ => false);
    }

    private static byte[] WriteFile()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("x.features");
        using (FeatureFileWriter writer = FeatureFileWriter.Create(path, Format))
        {
            foreach (FeatureKey key in Keys())
            {
                writer.Append(key, Written);
            }
        }

        return File.ReadAllBytes(path);
    }

    private static void Read(byte[] file)
    {
        using TemporaryFolder folder = new();
        folder.Write("x.features", file);
        using FolderFeatureStore store = new(folder.Path, Format);
        float[] features = new float[FeatureCount];
        foreach (FeatureKey key in Keys())
        {
            if (store.TryRead(key, features) && !features.AsSpan().SequenceEqual(Written))
            {
                throw new InvalidOperationException("A damaged record was accepted.");
            }
        }
    }

    private static IEnumerable<FeatureKey> Keys() => Enumerable.Range(0, RecordCount).Select(index => FeatureKey.Of("image", [(byte)index]));
}
