namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Specifies the stage of a download.</summary>
internal enum DownloadStage
{
    /// <summary>A request is about to be sent.</summary>
    Started,

    /// <summary>Another process or thread is downloading the same file, and this one is waiting for it.</summary>
    Waiting,

    /// <summary>Content is being received.</summary>
    Receiving,

    /// <summary>The connection was lost or the server is busy. The download resumes after a pause.</summary>
    Retrying,

    /// <summary>The file is complete, verified and in the cache folder.</summary>
    Completed,
}
