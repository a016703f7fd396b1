using System.Reflection;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Reads the weights that are embedded in the assembly.</summary>
internal static class BundledWeights
{
    internal const string Name = "Bundled";
    internal const string ResourceName = "mobilenet_v2_bundled.safetensors";

    /// <summary>Gets the entry of the catalog, which is available without reading the weights.</summary>
    internal static PretrainedWeights Entry => new()
    {
        Description = new()
        {
            Name = Name,
            Architecture = new(0.5f),
            Preprocessing = ImagePreprocessing.TensorFlow with { InputSize = 128 },
            License = "Apache-2.0",
            Attribution = "MobileNetV2 1.0 224 ImageNet (Google, Apache-2.0), whose pruned weights it started from",
        },
    };

    internal static MobileNetV2Weights Load()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The assembly lacks its resource '{ResourceName}'; it was not built from this project.");
        MobileNetV2Weights weights = MobileNetV2Weights.FromStream(stream, ResourceName);
        return weights.WithDescription(weights.Description with { Name = Name });
    }
}
