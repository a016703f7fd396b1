namespace Microsoft.ML.MobileNetV2.Tool.Commands.Info;

/// <summary>Represents what happens to an image before the network.</summary>
internal sealed record PreprocessingResult(int InputSize, string Resize, float CropFraction, string Interpolation, float[] Mean, float[] StandardDeviation)
{
    internal static PreprocessingResult Of(ImagePreprocessing preprocessing) => new(
        preprocessing.InputSize,
        preprocessing.Resize.ToString(),
        preprocessing.CropFraction,
        preprocessing.Interpolation.ToString(),
        ValuesOf(preprocessing.Mean),
        ValuesOf(preprocessing.StandardDeviation));

    private static float[] ValuesOf(RgbValues values) => [values.Red, values.Green, values.Blue];
}
