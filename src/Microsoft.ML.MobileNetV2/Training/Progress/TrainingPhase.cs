namespace Microsoft.ML.MobileNetV2;

/// <summary>Specifies the phase of a training run.</summary>
public enum TrainingPhase
{
    /// <summary>Images pass through the backbone; the unit is an image.</summary>
    ComputingFeatures,

    /// <summary>A learning rate is searched for; the unit is a step.</summary>
    FindingLearningRate,

    /// <summary>The head is trained; the unit is a step.</summary>
    TrainingHead,

    /// <summary>The last blocks of the backbone are trained together with the head; the unit is a step.</summary>
    FineTuning,
}
