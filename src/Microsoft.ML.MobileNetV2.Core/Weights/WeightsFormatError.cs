namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Specifies the error in a file of weights.</summary>
internal enum WeightsFormatError
{
    /// <summary>The content is in none of the supported formats.</summary>
    UnknownFormat,

    /// <summary>The file ends before its content does.</summary>
    Truncated,

    /// <summary>The header is larger than the format allows.</summary>
    HeaderTooLarge,

    /// <summary>The header cannot be understood.</summary>
    InvalidHeader,

    /// <summary>A tensor has an unsupported data type.</summary>
    UnsupportedDataType,

    /// <summary>A tensor lies outside the file, overlaps another one or leaves a gap.</summary>
    InvalidOffsets,

    /// <summary>A tensor's shape does not match its number of bytes.</summary>
    SizeMismatch,

    /// <summary>A tensor of the network is not in the file.</summary>
    MissingTensor,

    /// <summary>The file has a tensor that the network does not have.</summary>
    UnexpectedTensor,

    /// <summary>A tensor has a shape other than the network requires.</summary>
    ShapeMismatch,

    /// <summary>A value of the metadata is unknown or out of range.</summary>
    InvalidMetadata,

    /// <summary>A tensor contains a number that is not finite, or a negative variance.</summary>
    NotFinite,

    /// <summary>The file's hash is not the expected one.</summary>
    ChecksumMismatch,

    /// <summary>The file contains more than data: a pickle that refers to code. Nothing was executed.</summary>
    ForbiddenContent,

    /// <summary>The graph in the file is not that of a MobileNetV2.</summary>
    UnsupportedNetwork,
}
