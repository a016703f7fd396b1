using Microsoft.ML.MobileNetV2.HeadTraining;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Trains heads in one line.</summary>
internal static class HeadRuns
{
    internal static HeadTrainingResult Fit(
        HeadTrainerOptions options, HeadDataset training, HeadDataset? validation = null, DenseHead? start = null) =>
        Fit(new HeadTrainer(options), training, validation, start);

    internal static HeadTrainingResult Fit(
        HeadTrainer trainer, HeadDataset training, HeadDataset? validation = null, DenseHead? start = null) =>
        trainer.Fit(training, validation, start, progress: null, CancellationToken.None);

    /// <summary>Returns all weights and biases.</summary>
    internal static float[] WeightsOf(DenseHead head) =>
        [.. head.Layers.SelectMany(layer => layer.Weights.ToArray().Concat(layer.Bias.ToArray()))];

    /// <summary>Returns the fraction of rows whose largest score is their class's.</summary>
    internal static double AccuracyOf(DenseHead head, HeadDataset data)
    {
        float[] scores = head.Predict(data.Features);
        return Enumerable.Range(0, data.RowCount).Average(row =>
        {
            float[] own = scores[(row * head.OutputCount)..((row + 1) * head.OutputCount)];
            return Array.IndexOf(own, own.Max()) == data.Targets.Classes[row] ? 1.0 : 0;
        });
    }
}
