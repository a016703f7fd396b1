namespace Microsoft.ML.MobileNetV2.Telemetry;

/// <summary>Sorts how a call ended into few values, as metrics need them.</summary>
internal static class Outcome
{
    internal const string Success = "success";
    internal const string UnreadableImage = "unreadable_image";
    internal const string Canceled = "canceled";
    internal const string Failure = "failure";

    internal static string Of(Exception? error) => error switch
    {
        null => Success,
        ImageDecodingException => UnreadableImage,
        OperationCanceledException => Canceled,
        _ => Failure,
    };
}
