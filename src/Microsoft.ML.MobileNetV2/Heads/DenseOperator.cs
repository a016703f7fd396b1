namespace Microsoft.ML.MobileNetV2.Heads;

/// <summary>Is one dense layer behind the features in an ONNX graph.</summary>
/// <param name="Weight">Shape (units, inputs), row by row.</param>
/// <param name="Bias">One a unit.</param>
/// <param name="Activation">What is done with the weighted sums.</param>
internal sealed record DenseOperator(float[] Weight, float[] Bias, HeadActivation Activation)
{
    internal int UnitCount => Bias.Length;

    internal int InputCount => Weight.Length / Bias.Length;
}
