using Microsoft.ML.MobileNetV2.Heads;

namespace Microsoft.ML.MobileNetV2.Training;

/// <summary>Computes the loss of one row, and its gradient with respect to the logits of the last layer.</summary>
internal abstract class RowLoss
{
    internal static RowLoss Create(HeadLoss loss, HeadActivation activation, float focalGamma) => (loss, activation) switch
    {
        (HeadLoss.CategoricalCrossEntropy, _) => SoftmaxCrossEntropy.Instance,
        (HeadLoss.BinaryCrossEntropy, _) => new SigmoidFocal(0),
        (HeadLoss.Focal, HeadActivation.Softmax) => new SoftmaxFocal(focalGamma),
        (HeadLoss.Focal, _) => new SigmoidFocal(focalGamma),
        _ => new ElementLoss(ElementFunction.Of(loss), ActivationFunction.Of(activation)),
    };

    /// <summary>Computes the loss of one row.</summary>
    /// <param name="logits">The last layer's weighted sums.</param>
    /// <param name="outputs">The same after the activation.</param>
    /// <param name="targets">The targets of the outputs.</param>
    /// <param name="gradient">Receives the derivative of the loss with respect to each logit.</param>
    /// <returns>The loss.</returns>
    internal abstract double Evaluate(
        ReadOnlySpan<float> logits, ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradient);
}
