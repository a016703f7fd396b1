namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Represents what reads the weights that Keras saves as HDF5.</summary>
internal interface IHdf5Reader
{
    /// <summary>Reads a file.</summary>
    /// <param name="stream">The file; must be able to seek. Not disposed.</param>
    /// <param name="source">Name of the file, for messages.</param>
    Checkpoint Read(Stream stream, string source);
}
