using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2.HeadTraining;

/// <summary>Describes where a layer's weights and bias lie among all parameters of a head, and how it is trained.</summary>
internal sealed record LayerShape(int Inputs, int Units, int WeightStart, HeadActivation Activation, float DropoutRate, float L2)
{
    internal int WeightCount => Inputs * Units;

    internal int BiasStart => WeightStart + WeightCount;

    internal int End => BiasStart + Units;

    internal ParameterGroup BiasGroup => new() { Start = BiasStart, Length = Units };

    internal ParameterGroup WeightGroup(double weightDecay) => new() { Start = WeightStart, Length = WeightCount, WeightDecay = weightDecay };

    internal Span<float> WeightsOf(float[] parameters) => parameters.AsSpan(WeightStart, WeightCount);

    internal Span<float> BiasOf(float[] parameters) => parameters.AsSpan(BiasStart, Units);
}
