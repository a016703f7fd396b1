namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Computes features of many images with batch norm in inference mode, batch by batch.</summary>
/// <param name="network">The network.</param>
/// <param name="inputs">What the network takes, image by image.</param>
internal sealed class FeatureRun(TrainableNetwork network, ReadOnlyMemory<float> inputs)
{
    /// <summary>Takes the features of a row.</summary>
    internal delegate void RowAction(int row, ReadOnlySpan<float> features);

    internal void ForEach(int count, RowAction action, CancellationToken cancellationToken)
    {
        int batchSize = network.State.Shape.BatchSize;
        for (int first = 0; first < count; first += batchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int rows = Math.Min(batchSize, count - first);
            for (int i = 0; i < rows; i++)
            {
                Load(first + i, i);
            }

            network.Forward(rows, usesBatchStatistics: false);
            for (int i = 0; i < rows; i++)
            {
                action(first + i, network.FeaturesOf(i));
            }
        }
    }

    /// <summary>Makes a row the input of an image in the batch.</summary>
    internal void Load(int row, int image) => inputs.Span.Slice(row * network.InputLength, network.InputLength).CopyTo(network.InputOf(image));
}
