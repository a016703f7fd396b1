namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents the progress of a download of weights.</summary>
public sealed record DownloadProgress
{
    /// <summary>Gets the name of the weights in the catalog.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the address of the file: the published one, or a mirror's.</summary>
    public required Uri Address { get; init; }

    /// <summary>Gets the path at which the file will be stored.</summary>
    public required string TargetPath { get; init; }

    /// <summary>Gets the current stage of the download.</summary>
    public DownloadStage Stage { get; init; }

    /// <summary>Gets the number of bytes on disk, including those of earlier attempts.</summary>
    public long BytesDone { get; init; }

    /// <summary>Gets the length of the whole file in bytes.</summary>
    /// <value>Null until the server has announced it.</value>
    public long? TotalBytes { get; init; }
}
