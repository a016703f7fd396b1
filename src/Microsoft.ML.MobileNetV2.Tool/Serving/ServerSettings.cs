using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Microsoft.ML.MobileNetV2.Tool.Serving;

/// <summary>Represents what is served, where, and how much of it.</summary>
/// <param name="ModelPath">The saved model.</param>
internal sealed record ServerSettings(string ModelPath)
{
    /// <summary>The port unless another is given.</summary>
    internal const int DefaultPort = 5170;

    /// <summary>The largest upload unless another is given, in megabytes.</summary>
    internal const int DefaultMaxUploadMegabytes = 20;

    /// <summary>The largest number of pixels unless another is given: 200 MB of memory while an image is decoded.</summary>
    internal const long DefaultMaxPixels = 50_000_000;

    private const int ImagesForEachProcessor = 4;
    private const double LeastBytesPerSecond = 240;

    /// <summary>Gets how many requests are answered at once unless another number is given: uploads arrive while others are computed.</summary>
    internal static int DefaultMaxConcurrency => ImagesForEachProcessor * Environment.ProcessorCount;

    /// <summary>Gets the name of the model in answers, metrics and messages.</summary>
    internal string ModelName => Path.GetFileName(ModelPath);

    internal IPAddress Host { get; init; } = IPAddress.Loopback;

    /// <summary>Gets the port; 0 for any that is free.</summary>
    internal int Port { get; init; } = DefaultPort;

    /// <summary>Gets the largest body of a request in bytes.</summary>
    internal long MaxUploadBytes { get; init; } = DefaultMaxUploadMegabytes * 1_000_000L;

    internal long MaxPixels { get; init; } = DefaultMaxPixels;

    /// <summary>Gets how many images are received and classified at once; further requests are refused.</summary>
    internal int MaxConcurrency { get; init; } = DefaultMaxConcurrency;

    /// <summary>Gets the time without further changes of the file after which it replaces the model.</summary>
    internal TimeSpan ReloadDelay { get; init; } = TimeSpan.FromSeconds(0.2);

    /// <summary>Gets the slowest upload that keeps its place among the others; null for any.</summary>
    internal MinDataRate? MinUploadRate { get; init; } = new(LeastBytesPerSecond, TimeSpan.FromSeconds(30));

    /// <summary>Gets how long requests may take to finish after the server was told to stop.</summary>
    internal TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(30);
}
