using System.Net;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents the error that occurs when weights cannot be downloaded: no network, a refusal, no disk space, or downloads are forbidden.</summary>
public sealed class WeightsDownloadException : IOException
{
    /// <summary>Initializes an exception without details.</summary>
    public WeightsDownloadException()
        : this("The weights cannot be downloaded.")
    {
    }

    /// <summary>Initializes an exception with a message.</summary>
    /// <param name="message">What is wrong, what was expected, what to do.</param>
    public WeightsDownloadException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes an exception with a message and its cause.</summary>
    /// <param name="message">What is wrong, what was expected, what to do.</param>
    /// <param name="innerException">The cause.</param>
    public WeightsDownloadException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Gets the address of the request.</summary>
    /// <value>Null if no request was sent.</value>
    public Uri? Address { get; init; }

    /// <summary>Gets the status of the response.</summary>
    /// <value>Null if there was no response.</value>
    public HttpStatusCode? StatusCode { get; init; }

    /// <summary>Gets a value indicating whether another attempt may succeed.</summary>
    internal bool IsTransient { get; init; }

    /// <summary>Gets a value indicating whether what was received of the file is of no use for another attempt.</summary>
    internal bool IsFileRefused { get; init; }

    /// <summary>Gets a value indicating whether the file could not be written, not whether it could not be read.</summary>
    internal bool IsOfDisk { get; init; }
}
