namespace Microsoft.ML.MobileNetV2.Keras;

/// <summary>Specifies the filters that chunks of an HDF5 file may have gone through.</summary>
internal enum Hdf5Filter
{
    /// <summary>zlib's compression, which h5py calls gzip.</summary>
    Deflate = 1,

    /// <summary>The first bytes of all values, then the second ones, and so on.</summary>
    Shuffle = 2,
}
