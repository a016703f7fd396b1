namespace Microsoft.ML.MobileNetV2.Models;

/// <summary>Names files that are given as a saved model but are none.</summary>
internal static class ForeignModels
{
    private const int StartLength = 16;

    /// <summary>Returns what a stream that does not end as a .zip holds instead, and what to do with it.</summary>
    internal static string Describe(Stream stream)
    {
        Span<byte> start = stackalloc byte[StartLength];
        stream.Position = 0;
        int length = stream.ReadAtLeast(start, StartLength, throwOnEndOfStream: false);
        return start[..length] switch
        {
            [(byte)'P', (byte)'K', ..] => "it does not end as a .zip file does. Copy or download the file again.",
            [0xff, 0xd8, 0xff, ..] or [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => $"it is an image. {Expected}",
            [0x08, < 0x80, ..] => $"it looks like an ONNX file, which runs in ONNX Runtime. {Expected}",
            [_, _, _, _, _, _, _, 0, (byte)'{', ..] => $"it looks like a file of weights; MobileNetV2Weights.FromFile reads those. {Expected}",
            _ => $"it is not a .zip file. {Expected}",
        };
    }

    private static string Expected => "Load the .zip that mlContext.Model.Save wrote.";
}
