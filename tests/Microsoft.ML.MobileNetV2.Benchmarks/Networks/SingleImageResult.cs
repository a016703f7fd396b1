using System.Text.Json.Serialization;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Represents how much faster one image is on several threads.</summary>
internal sealed record SingleImageResult
{
    [JsonPropertyName("width")]
    public required double Width { get; init; }

    [JsonPropertyName("size")]
    public required int Size { get; init; }

    [JsonPropertyName("threads")]
    public required int Threads { get; init; }

    [JsonPropertyName("milliseconds_on_one")]
    public required double MillisecondsOnOne { get; init; }

    [JsonPropertyName("milliseconds")]
    public required double Milliseconds { get; init; }

    /// <summary>Gets the time on one thread by that on several, the median over the rounds.</summary>
    [JsonPropertyName("speedup")]
    public required double Speedup { get; init; }

    [JsonPropertyName("smallest_speedup")]
    public required double SmallestSpeedup { get; init; }

    [JsonPropertyName("largest_speedup")]
    public required double LargestSpeedup { get; init; }

    /// <summary>Gets the bytes of a run beyond the weights.</summary>
    [JsonPropertyName("bytes")]
    public required long Bytes { get; init; }
}
