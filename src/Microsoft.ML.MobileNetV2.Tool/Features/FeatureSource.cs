using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;

namespace Microsoft.ML.MobileNetV2.Tool.Features;

/// <summary>Names what computes features, so that files of one origin can be told from others.</summary>
internal static class FeatureSource
{
    /// <summary>Returns what a file says whose features a network computes.</summary>
    internal static FeatureMetadata Describe(MobileNetV2Weights weights, ImagePreprocessing preprocessing, Shard shard) => new(
        weights.Description.Name,
        HashOf(weights),
        preprocessing.InputSize,
        weights.FeatureCount,
        JsonSerializer.Serialize(preprocessing, FeatureJson.Default.ImagePreprocessing),
        LibraryVersion,
        shard);

    /// <summary>Returns the hash of the numbers and of what they are used with. Neither the name nor the format of a file changes it.</summary>
    internal static string HashOf(MobileNetV2Weights weights)
    {
        string path = Path.GetTempFileName();
        try
        {
            WeightsFile.Save(weights.WithDescription(weights.Description with { Name = string.Empty }), path);
            using FileStream stream = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string LibraryVersion => typeof(MobileNetV2Weights).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
