using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2.Tests.Compositions;

/// <summary>ML.NET's own steps that make the column that the network reads, from a column of paths.</summary>
internal static class ImageSteps
{
    internal const int Size = 64;
    internal const string Output = "Input";
    private const int OtherSize = 50;

    /// <summary>Gets the steps by name; those of images, whose pixels are the truth, first.</summary>
    internal static IReadOnlyDictionary<string, Func<MLContext, IEstimator<ITransformer>>> All { get; } = new Dictionary<string, Func<MLContext, IEstimator<ITransformer>>>
    {
        ["paths"] = context => context.Transforms.CopyColumns(Output, "Image"),
        ["bytes"] = context => context.Transforms.LoadRawImageBytes(Output, string.Empty, "Image"),
        ["images"] = context => context.Transforms.LoadImages(Output, string.Empty, "Image"),
        ["same size"] = context => Load(context).Append(context.Transforms.ResizeImages(Output, Size, Size)),
        ["same size, column of its own"] = context => context.Transforms.LoadImages("Loaded", string.Empty, "Image").Append(context.Transforms.ResizeImages(Output, Size, Size, "Loaded")),
        ["smaller"] = context => Load(context).Append(context.Transforms.ResizeImages(Output, OtherSize, OtherSize)),
        ["gray"] = context => Load(context).Append(context.Transforms.ConvertToGrayscale(Output)),
        ["copied"] = context => context.Transforms.LoadImages("Loaded", string.Empty, "Image").Append(context.Transforms.CopyColumns(Output, "Loaded")),
        ["back to images"] = context => Load(context).Append(context.Transforms.ResizeImages(Output, Size, Size)).Append(context.Transforms.ExtractPixels("Pixels", Output))
            .Append(context.Transforms.ConvertToImage(Size, Size, Output, "Pixels")),
        ["planes"] = context => Load(context).Append(context.Transforms.ResizeImages(Output, Size, Size)).Append(context.Transforms.ExtractPixels(Output)),
        ["interleaved"] = context => Load(context).Append(context.Transforms.ResizeImages(Output, Size, Size)).Append(context.Transforms.ExtractPixels(Output, interleavePixelColors: true)),
        ["unit"] = context => Load(context).Append(context.Transforms.ResizeImages(Output, Size, Size)).Append(context.Transforms.ExtractPixels(Output, scaleImage: 1 / 255f)),
        ["unit, interleaved"] = context => Load(context).Append(context.Transforms.ResizeImages(Output, Size, Size))
            .Append(context.Transforms.ExtractPixels(Output, interleavePixelColors: true, scaleImage: 1 / 255f)),
    };

    /// <summary>Returns the range of the pixels that a step makes.</summary>
    internal static PixelRange RangeOf(string steps) => steps.StartsWith("unit", StringComparison.Ordinal) ? PixelRange.Unit : PixelRange.Byte;

    private static ImageLoadingEstimator Load(MLContext context) => context.Transforms.LoadImages(Output, string.Empty, "Image");

    private static EstimatorChain<ITransformer> Append(this IEstimator<ITransformer> first, IEstimator<ITransformer> second) =>
        new EstimatorChain<ITransformer>().Append(first).Append(second);
}
