using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Keras;

/// <summary>Represents the reader that <see cref="Hdf5Files"/> finds by its name.</summary>
internal sealed class KerasFormat : IHdf5Reader
{
    public Checkpoint Read(Stream stream, string source) => KerasReader.Read(stream, source);
}
