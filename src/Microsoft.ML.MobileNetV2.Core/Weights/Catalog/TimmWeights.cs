namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Lists the ImageNet weights that timm (PyTorch Image Models) publishes.</summary>
internal static class TimmWeights
{
    internal const string Prefix = "timm-";
    private const string Folder = "https://github.com/rwightman/pytorch-image-models/releases/download/v0.1-weights/";

    internal static IEnumerable<PretrainedWeights> All =>
    [
        Create("050", new(0.5f), "mobilenetv2_050", "3d30d450", 65.928, 86.114),
        Create("100", new(1.0f), "mobilenetv2_100_ra", "b33bc2c4", 72.910, 91.000),
        Create("110d", new(1.1f, 1.2f), "mobilenetv2_110d_ra", "77090ade", 75.056, 92.186),
        Create("120d", new(1.2f, 1.4f), "mobilenetv2_120d_ra", "5987e2ed", 77.300, 93.516),
        Create("140", new(1.4f), "mobilenetv2_140_ra", "21a4e913", 76.528, 93.008),
    ];

    private static PretrainedWeights Create(
        string variant, MobileNetV2Architecture architecture, string file, string hash, double top1, double top5) => new()
        {
            Description = new()
            {
                Name = $"{Prefix}{variant}",
                Architecture = architecture,
                Preprocessing = ImagePreprocessing.Torchvision with { Interpolation = ImageInterpolation.Bicubic },
                ClassNames = ImageNetClasses.Names,
                License = "Apache-2.0",
                Attribution = "MobileNetV2 trained on ImageNet by Ross Wightman for PyTorch Image Models (timm), published under the Apache License 2.0.",
            },
            ClassCount = ImageNetWeights.ClassCount,
            Top1Accuracy = top1,
            Top5Accuracy = top5,
            Address = new($"{Folder}{file}-{hash}.pth"),
            Sha256Prefix = hash,
        };
}
