namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Lists the two sets of ImageNet weights that torchvision publishes.</summary>
internal static class TorchvisionWeights
{
    internal const string V1 = "torchvision-v1";
    internal const string V2 = "torchvision-v2";

    /// <summary>The second set was evaluated with the shorter side scaled to 232 pixels.</summary>
    private const float V2CropFraction = 224f / 232;

    /// <summary>How many digits of the hash are in the address.</summary>
    private const int PrefixLength = 8;

    /// <summary>The addresses have the first digits alone; whole hashes are those that packagers of these files record, such as OpenEmbedded's recipes.</summary>
    internal static IEnumerable<PretrainedWeights> All =>
    [
        Create(V1, ImagePreprocessing.Torchvision, "b03531047ffacf1e2488318dcd2aba1126cde36e3bfe1aa5cb07700aeeee9889", 71.878, 90.286),
        Create(
            V2,
            ImagePreprocessing.Torchvision with { CropFraction = V2CropFraction },
            "7ebf99e03e254b273379b23edca7ec0da9f48273b23a332b93c1c99d49e86e8f",
            72.154,
            90.822),
    ];

    private static PretrainedWeights Create(string name, ImagePreprocessing preprocessing, string hash, double top1, double top5) => new()
    {
        Description = new()
        {
            Name = name,
            Preprocessing = preprocessing,
            ClassNames = ImageNetClasses.Names,
            License = "BSD-3-Clause",
            Attribution = "MobileNetV2 trained on ImageNet by the torchvision project, copyright (c) Soumith Chintala 2016, " +
                "published under the BSD 3-Clause License.",
        },
        ClassCount = ImageNetWeights.ClassCount,
        Top1Accuracy = top1,
        Top5Accuracy = top5,
        Address = new($"https://download.pytorch.org/models/mobilenet_v2-{hash[..PrefixLength]}.pth"),
        Sha256Prefix = hash,
    };
}
