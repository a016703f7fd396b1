using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents the error that occurs when a file of weights is damaged, in an unknown format, or made for another network.</summary>
public sealed class WeightsFormatException : FormatException
{
    /// <summary>Initializes an exception without details.</summary>
    public WeightsFormatException()
        : this("The weights cannot be read.")
    {
    }

    /// <summary>Initializes an exception with a message.</summary>
    /// <param name="message">What is wrong, what was expected, what to do.</param>
    public WeightsFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes an exception with a message and its cause.</summary>
    /// <param name="message">What is wrong, what was expected, what to do.</param>
    /// <param name="innerException">The cause.</param>
    public WeightsFormatException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal WeightsFormatException(WeightsFormatError error, string source, string message, Exception? innerException = null)
        : base($"'{source}': {message}", innerException) => Error = error;

    /// <summary>Gets the kind of the error.</summary>
    internal WeightsFormatError Error { get; }
}
