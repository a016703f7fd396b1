namespace Microsoft.ML.MobileNetV2;

/// <summary>Says how far a download of weights is.</summary>
/// <param name="Name">Name of the weights in the catalog.</param>
/// <param name="Address">Where the file comes from: its published address, or a mirror's.</param>
/// <param name="TargetPath">Where the file will be.</param>
/// <param name="Stage">What the download is doing.</param>
/// <param name="BytesDone">Bytes on disk, those of an earlier attempt included.</param>
/// <param name="TotalBytes">Bytes of the whole file; null while the server has not said.</param>
public sealed record DownloadProgress(string Name, Uri Address, string TargetPath, DownloadStage Stage, long BytesDone, long? TotalBytes);
