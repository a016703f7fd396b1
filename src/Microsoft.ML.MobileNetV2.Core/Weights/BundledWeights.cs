namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Reads the weights that are embedded in the assembly.</summary>
internal static class BundledWeights
{
    internal const string Name = "Bundled";
    internal const string SmallName = "BundledSmall";
    internal const string ResourceName = "mobilenet_v2_1.0_192_bundled.safetensors";
    internal const string SmallResourceName = "mobilenet_v2_0.5_128_bundled.safetensors";

    /// <summary>The classes of ImageNet after one for the background.</summary>
    private const int ClassCount = 1001;

    /// <summary>Gets the entry of the default weights in the catalog, which is available without reading them.</summary>
    internal static PretrainedWeights Entry { get; } = new()
    {
        Description = new()
        {
            Name = Name,
            Padding = PaddingConvention.Same,
            BatchNormEpsilon = WeightsDescription.TensorFlowBatchNormEpsilon,
            Preprocessing = ImagePreprocessing.TensorFlow with { InputSize = 192 },
            ClassNames = ImageNetClasses.NamesOf(ClassCount),
            License = "Apache-2.0",
            Attribution = "Derived from MobileNetV2 1.0 224 ImageNet (Copyright Google LLC, Apache-2.0; google-coral/test_data), adapted to smaller images",
        },
        ClassCount = ClassCount,
    };

    /// <summary>Gets the entry of the small weights in the catalog.</summary>
    internal static PretrainedWeights SmallEntry { get; } = new()
    {
        Description = new()
        {
            Name = SmallName,
            Architecture = new(0.5f),
            Preprocessing = ImagePreprocessing.TensorFlow with { InputSize = 128 },
            License = "Apache-2.0",
            Attribution = "MobileNetV2 1.0 224 ImageNet (Google, Apache-2.0), whose pruned weights it started from",
        },
    };

    internal static MobileNetV2Weights Load() => Load(ResourceName, Entry);

    internal static MobileNetV2Weights LoadSmall() => Load(SmallResourceName, SmallEntry);

    private static MobileNetV2Weights Load(string resourceName, PretrainedWeights entry)
    {
        using Stream stream = EmbeddedAsset.Open(resourceName);
        return new(CheckpointReader.Read(stream, resourceName), entry.Description);
    }
}
