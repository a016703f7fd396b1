using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Specifies how weights are downloaded and where they are stored.</summary>
/// <remarks>Immutable. Proxy settings are those of the system.</remarks>
public sealed record WeightsDownloadOptions
{
    /// <summary>Specifies the environment variable for the cache folder.</summary>
    public const string CacheVariable = "MICROSOFT_ML_MOBILENETV2_CACHE";

    /// <summary>Specifies the environment variable for a mirror.</summary>
    public const string MirrorVariable = "MICROSOFT_ML_MOBILENETV2_MIRROR";

    /// <summary>Specifies the environment variable that forbids downloads if it is 1 or true.</summary>
    public const string OfflineVariable = "MICROSOFT_ML_MOBILENETV2_OFFLINE";

    /// <summary>Gets the folder for downloaded files, which is created if it does not exist.</summary>
    /// <value>The default is null: a folder in the user's cache folder.</value>
    public string? CacheFolder { get; init; }

    /// <summary>Gets the address of a folder that is used instead of the published one. The name of the file is appended to it.</summary>
    /// <value>An absolute http or https address. The default is null: the published address.</value>
    public Uri? Mirror
    {
        get;
        init => field = value is null or { IsAbsoluteUri: true, Scheme: "http" or "https" }
            ? value
            : throw new ArgumentException($"The mirror is '{value}'; expected an address such as 'https://mirror.example/weights/'.", nameof(value));
    }

    /// <summary>Gets a value indicating whether downloads are forbidden, so that only files in the cache folder are used.</summary>
    /// <value>The default is false.</value>
    public bool IsOffline { get; init; }

    /// <summary>Gets the receiver of updates when a download starts, advances, is retried or ends.</summary>
    /// <value>
    /// The default is null. <see cref="Progress{T}"/> calls its handlers on another thread, so their exceptions do not end the download. Other
    /// implementations are called on the downloading thread, and theirs do.
    /// </value>
    public IProgress<DownloadProgress>? Progress { get; init; }

    /// <summary>Gets how long a server may send nothing, or next to nothing, before the connection is given up.</summary>
    internal TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets the bytes that a server must send within <see cref="StallTimeout"/>.</summary>
    internal int MinBytesPerStallTimeout { get; init; } = 30 << 10;

    /// <summary>Gets the bytes that count as progress: an attempt that brought so many is not one of those that are limited.</summary>
    internal int MinProgress { get; init; } = 64 << 10;

    /// <summary>Gets the pauses before the second, third … attempt without progress; after the last one the download fails.</summary>
    internal IReadOnlyList<TimeSpan> RetryDelays { get; init; } = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(10)];

    /// <summary>Gets how the file on disk is opened, for tests of a full disk.</summary>
    internal Func<string, Stream> OpenFile { get; init; } =
        path => new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);

    /// <summary>Gets the clock for pauses and timeouts.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Gets how requests are sent.</summary>
    internal Func<HttpMessageHandler> CreateHandler { get; init; } = static () => new SocketsHttpHandler { AllowAutoRedirect = false };

    /// <summary>Returns the options that the environment variables specify.</summary>
    /// <returns>The options.</returns>
    /// <exception cref="ArgumentException">The mirror is not an address.</exception>
    public static WeightsDownloadOptions FromEnvironment() => FromEnvironment(Environment.GetEnvironmentVariable);

    internal static WeightsDownloadOptions FromEnvironment(Func<string, string?> read)
    {
        string? mirror = read(MirrorVariable);
        return new()
        {
            CacheFolder = read(CacheVariable) is { Length: > 0 } folder ? folder : null,
            Mirror = string.IsNullOrEmpty(mirror) ? null : ParseMirror(mirror),
            IsOffline = read(OfflineVariable) is "1" || bool.TryParse(read(OfflineVariable), out bool isOffline) && isOffline,
        };
    }

    internal string GetFolder() => Path.GetFullPath(CacheFolder ?? DefaultCacheFolder.Find(Environment.GetEnvironmentVariable));

    /// <summary>Returns the address to ask for a published one.</summary>
    internal Uri AddressOf(PretrainedWeights entry) => Mirror is null
        ? entry.Address!
        : new UriBuilder(Mirror) { Path = $"{Mirror.AbsolutePath.TrimEnd('/')}/{Uri.EscapeDataString(entry.FileName)}" }.Uri;

    private static Uri ParseMirror(string text) => Uri.TryCreate(text, UriKind.Absolute, out Uri? mirror) && mirror.Scheme is "http" or "https"
        ? mirror!
        : throw new ArgumentException($"{MirrorVariable} is '{text}'; expected an address such as 'https://mirror.example/weights/'.");
}
