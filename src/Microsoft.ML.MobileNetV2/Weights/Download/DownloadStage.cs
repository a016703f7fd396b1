namespace Microsoft.ML.MobileNetV2;

/// <summary>Says what a download is doing.</summary>
public enum DownloadStage
{
    /// <summary>A request is about to be sent.</summary>
    Started,

    /// <summary>Another process or thread downloads the same file; this one waits for it.</summary>
    Waiting,

    /// <summary>Content comes in.</summary>
    Receiving,

    /// <summary>The connection broke or the server is busy; a request for the rest follows after a pause.</summary>
    Retrying,

    /// <summary>The file is complete, checked and in the cache folder.</summary>
    Completed,
}
