using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents the progress of a download of weights.</summary>
public sealed class DownloadProgress
{
    internal DownloadProgress()
    {
    }

    /// <summary>Gets the name of the weights in the catalog.</summary>
    public string Name { get; internal init; } = null!;

    /// <summary>Gets the address of the file: the published one, or a mirror's.</summary>
    public Uri Address { get; internal init; } = null!;

    /// <summary>Gets the path at which the file will be stored.</summary>
    public string TargetPath { get; internal init; } = null!;

    /// <summary>Gets a value indicating whether the file is complete, verified and in the cache folder.</summary>
    public bool IsCompleted => Stage == DownloadStage.Completed;

    /// <summary>Gets a value indicating whether the download pauses: for another process that downloads the same file, or before it resumes.</summary>
    public bool IsWaiting => Stage is DownloadStage.Waiting or DownloadStage.Retrying;

    /// <summary>Gets the number of bytes on disk, including those of earlier attempts.</summary>
    public long BytesDone { get; internal init; }

    /// <summary>Gets the length of the whole file in bytes.</summary>
    /// <value>Null until the server has announced it.</value>
    public long? TotalBytes { get; internal init; }

    internal DownloadStage Stage { get; init; }
}
