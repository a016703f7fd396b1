using System.Text.Json.Serialization;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Represents the comparison of a network on some threads.</summary>
internal sealed record NetworkResult
{
    [JsonPropertyName("width")]
    public required double Width { get; init; }

    [JsonPropertyName("size")]
    public required int Size { get; init; }

    [JsonPropertyName("threads")]
    public required int Threads { get; init; }

    /// <summary>Gets the median of the milliseconds an image that a thread needs.</summary>
    [JsonPropertyName("milliseconds")]
    public required double Milliseconds { get; init; }

    [JsonPropertyName("onnxruntime_milliseconds")]
    public required double OnnxRuntimeMilliseconds { get; init; }

    /// <summary>Gets ONNX Runtime's time by ours, the median over the rounds: above 1, ours is faster.</summary>
    [JsonPropertyName("ratio_to_onnxruntime")]
    public required double Ratio { get; init; }

    [JsonPropertyName("smallest_ratio")]
    public required double SmallestRatio { get; init; }

    [JsonPropertyName("largest_ratio")]
    public required double LargestRatio { get; init; }

    /// <summary>Gets the same ratio of processor time: the one to go by while other processes use the machine.</summary>
    [JsonPropertyName("processor_ratio")]
    public required double ProcessorRatio { get; init; }

    /// <summary>Gets the fraction of the multiply-adds that a core could do in the time of the fastest image.</summary>
    [JsonPropertyName("share_of_peak")]
    public required double ShareOfPeak { get; init; }
}
