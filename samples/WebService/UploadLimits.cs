namespace WebService;

/// <summary>What a client may send, from the section "Uploads" of the configuration.</summary>
internal sealed class UploadLimits
{
    /// <summary>The largest request; Kestrel refuses more while it arrives.</summary>
    public long MaxBytes { get; set; } = 10 << 20;

    /// <summary>Requests that are read and classified at once; each holds its upload and the pixels of an image in memory.</summary>
    public int MaxConcurrent { get; set; } = 2 * Environment.ProcessorCount;

    /// <summary>Requests that may wait for the others; the next one is refused.</summary>
    public int MaxQueued { get; set; } = 64;
}
