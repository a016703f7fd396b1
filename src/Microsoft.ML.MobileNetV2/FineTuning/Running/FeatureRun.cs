namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Computes features of many images with batch norm in inference mode, batch by batch.</summary>
/// <param name="network">The network.</param>
/// <param name="inputs">What the network takes.</param>
internal sealed class FeatureRun(TrainableNetwork network, NetworkInputs inputs)
{
    /// <summary>Takes the features of a row.</summary>
    internal delegate void RowAction(int row, ReadOnlySpan<float> features);

    /// <summary>Computes the first rows.</summary>
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
    internal void Load(int row, int image) => inputs.Read(row, network.InputOf(image));
}
