namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Reads a small image, so that the code which any image needs is compiled, and the decoder is loaded.</summary>
internal static class ImageWarmUp
{
    /// <summary>A gray JPEG of 16 × 16 pixels.</summary>
    private const string Jpeg =
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/wAAL" +
        "CAAQABABAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AAP/Z";

    /// <summary>Reads the image.</summary>
    /// <returns>The network's input for it.</returns>
    internal static float[] Run()
    {
        ImagePreprocessor preprocessor = new(ImagePreprocessing.Torchvision);
        float[] input = new float[preprocessor.PixelCount];
        using MemoryStream stream = new(Convert.FromBase64String(Jpeg));
        preprocessor.ProcessStream(stream, nameof(Jpeg), view: null, input);
        return input;
    }
}
