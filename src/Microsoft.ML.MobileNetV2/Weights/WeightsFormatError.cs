namespace Microsoft.ML.MobileNetV2;

/// <summary>Says what is wrong with a file of weights.</summary>
public enum WeightsFormatError
{
    /// <summary>The content is of no format that the library reads.</summary>
    UnknownFormat,

    /// <summary>The file ends before its content does.</summary>
    Truncated,

    /// <summary>The header is larger than the format allows.</summary>
    HeaderTooLarge,

    /// <summary>The header cannot be understood.</summary>
    InvalidHeader,

    /// <summary>A tensor has a data type that the library does not read.</summary>
    UnsupportedDataType,

    /// <summary>A tensor lies outside of the file, overlaps another one or leaves a hole.</summary>
    InvalidOffsets,

    /// <summary>A tensor's shape does not fit the number of its bytes.</summary>
    SizeMismatch,

    /// <summary>A tensor of the network is not in the file.</summary>
    MissingTensor,

    /// <summary>The file has a tensor that the network does not have.</summary>
    UnexpectedTensor,

    /// <summary>A tensor has another shape than the network needs.</summary>
    ShapeMismatch,

    /// <summary>A value of the metadata is unknown or out of range.</summary>
    InvalidMetadata,

    /// <summary>A tensor holds a number that is not finite, or a negative variance, which has no square root.</summary>
    NotFinite,

    /// <summary>The file's hash is not the expected one.</summary>
    ChecksumMismatch,

    /// <summary>The file asks for more than data: a pickle that refers to code. Nothing was executed.</summary>
    ForbiddenContent,

    /// <summary>The graph in the file is not that of a MobileNetV2.</summary>
    UnsupportedNetwork,
}
