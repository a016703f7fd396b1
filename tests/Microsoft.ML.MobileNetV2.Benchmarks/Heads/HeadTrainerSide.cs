using System.Diagnostics;
using Microsoft.ML.MobileNetV2.HeadTraining;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Trains with <see cref="HeadTrainer"/>; standardizing and the measuring after each epoch count as its time.</summary>
internal sealed class HeadTrainerSide(HeadRows training, HeadRows validation)
{
    private readonly HeadDataset _training = training.ToDataset();
    private readonly HeadDataset _validation = validation.ToDataset();

    internal LossCurve Train(HeadTrainerOptions options)
    {
        Recorder recorder = new();
        new HeadTrainer(options).Fit(_training, _validation, progress: recorder);
        return new(recorder.Points);
    }

    private sealed class Recorder : IProgress<TrainingProgress>
    {
        private readonly long _start = Stopwatch.GetTimestamp();

        internal List<LossPoint> Points { get; } = [];

        public void Report(TrainingProgress value)
        {
            if (value.Validation is { } validation)
            {
                Points.Add(new(Stopwatch.GetElapsedTime(_start).TotalSeconds, validation.Loss));
            }
        }
    }
}
