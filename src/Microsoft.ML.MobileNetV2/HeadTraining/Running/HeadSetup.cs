using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2.HeadTraining;

/// <summary>Builds what a run needs from options and data, and checks that they fit each other.</summary>
internal sealed class HeadSetup
{
    /// <summary>Rows that are measured together.</summary>
    private const int EvaluationRows = 256;

    internal HeadSetup(HeadTrainerOptions options, HeadDataset training, DenseHead? start)
    {
        Options = options;
        Training = training;
        Random = new(options.Seed);
        var shape = HeadShape.Create(options, training.FeatureCount, training.Targets.OutputCount);
        HeadFitValidation.RequireLabels(options, shape, training.Targets);
        Scaler = options.StandardizeFeatures ? FeatureScaler.Fit(training) : FeatureScaler.None(training.FeatureCount);
        TargetScaler = TargetScaler.Create(training.Targets, options.Loss, shape.Layers[^1].Activation);
        Network = new(shape, StartingParameters(shape, start), Math.Max(EvaluationRows, Math.Min(options.BatchSize, training.RowCount)));
        EvaluationLoss = RowLoss.Create(options.Loss, shape.Layers[^1].Activation, options.FocalGamma);
        Loss = training.Teacher?.Loss ?? EvaluationLoss;
        Batches = new(training, Scaler, TargetScaler, options, Network);
        Epochs = options.EpochsFor(Batches.BatchCount);
        Gradient = new(Network, Loss, Batches, new(shape.PenalizedGroups(), options.GradientClipNorm), options.Seed);
        Optimizer = options.Optimizer.Create(shape.ParameterGroups(options.Optimizer.WeightDecay));
    }

    internal HeadTrainerOptions Options { get; }

    internal HeadDataset Training { get; }

    internal int Epochs { get; }

    internal Random Random { get; }

    internal FeatureScaler Scaler { get; }

    internal TargetScaler TargetScaler { get; }

    internal HeadNetwork Network { get; }

    /// <summary>Gets the loss that is minimized.</summary>
    internal RowLoss Loss { get; }

    /// <summary>Gets the loss by which rows with labels are measured: the same, unless there is a teacher.</summary>
    internal RowLoss EvaluationLoss { get; }

    internal BatchLoader Batches { get; }

    internal GradientStep Gradient { get; }

    internal Optimizer Optimizer { get; }

    /// <summary>Creates a head from the network's parameters, for features as they are.</summary>
    internal DenseHead ToHead()
    {
        Scaler.Fold(Network.Shape.Layers[0], Network.Parameters);
        TargetScaler.Fold(Network.Shape.Layers[^1], Network.Parameters);
        return Network.Shape.ToHead(Network.Parameters);
    }

    internal MetricAccumulator NewMetrics() =>
        MetricAccumulator.Create(Training.Targets.Kind, Network.Shape.OutputCount, Options.Loss);

    /// <summary>Returns the learning rate of a step, as schedule and warm-up have it.</summary>
    internal double LearningRateAt(int step)
    {
        TrainingPosition position = new() { Step = step, StepsPerEpoch = Batches.BatchCount, Epochs = Epochs };
        double warmUp = Options.WarmUpEpochs > 0 ? Math.Min(1, (position.Epoch + 1.0 / Batches.BatchCount) / Options.WarmUpEpochs) : 1;
        return Options.Optimizer.LearningRate * Options.Schedule.GetFactor(position) * warmUp;
    }

    private float[] StartingParameters(HeadShape shape, DenseHead? start)
    {
        if (start is null)
        {
            return HeadInitializer.Create(shape, TargetScaler.IsActive ? null : Training.Targets, Random);
        }

        HeadFitValidation.RequireStart(shape, start);
        float[] parameters = shape.Flatten(start);
        TargetScaler.Unfold(shape.Layers[^1], parameters);
        Scaler.Unfold(shape.Layers[0], parameters);
        return parameters;
    }
}
