using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Provides calls into ML.NET that make it open saved ONNX models, safe from the names of its temporary files.</summary>
/// <remarks>
/// ML.NET hands each model to ONNX Runtime in a temporary file with a random name. One in 32,768 of these names ends in ".ort", which ONNX Runtime
/// takes for a model of its own format and refuses.
/// </remarks>
internal static class StockOnnx
{
    private const int MaxAttempts = 3;

    /// <summary>Returns what a call gives, made again with the next random name where the last one was taken for a model of another format.</summary>
    /// <param name="open">The call. It can be made several times.</param>
    internal static T Open<T>(Func<T> open)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return open();
            }
            catch (Exception e) when (attempt < MaxAttempts && IsOtherFormat(e))
            {
            }
        }
    }

    private static bool IsOtherFormat(Exception exception) =>
        exception.GetBaseException() is OnnxRuntimeException inner && inner.Message.Contains("ORT model", StringComparison.Ordinal);
}
