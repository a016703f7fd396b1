using System.Security.Cryptography;
using Microsoft.ML.MobileNetV2.Tool.Commands.Info;

namespace Microsoft.ML.MobileNetV2.Tool.Commands.Weights;

/// <summary>Represents a set of weights.</summary>
internal sealed record WeightsResult(
    string Name,
    float WidthMultiplier,
    float DepthMultiplier,
    int FeatureCount,
    int ClassCount,
    string Padding,
    string License,
    string Attribution,
    PreprocessingResult Preprocessing,
    string? File,
    string? Sha256)
{
    internal static WeightsResult Of(string name, MobileNetV2Weights weights, string? file = null)
    {
        WeightsDescription description = weights.Description;
        return new(
            name,
            description.Architecture.WidthMultiplier,
            description.Architecture.DepthMultiplier,
            weights.FeatureCount,
            weights.ClassCount,
            description.Padding.ToString(),
            description.License,
            description.Attribution,
            PreprocessingResult.Of(description.Preprocessing),
            file,
            file is null ? null : HashOf(file));
    }

    private static string HashOf(string path)
    {
        using FileStream stream = System.IO.File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
