using System.Reflection;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Reads the weights that are embedded in the assembly.</summary>
internal static class BundledWeights
{
    internal const string ResourceName = "mobilenet_v2_bundled.safetensors";

    internal static MobileNetV2Weights Load()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The assembly lacks its resource '{ResourceName}'; it was not built from this project.");
        MobileNetV2Weights weights = MobileNetV2Weights.FromStream(stream, ResourceName);
        return weights.WithDescription(weights.Description with { Name = "Bundled" });
    }
}
