namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Represents a number as a type: a kernel that is generic over it is compiled once for each number, without its branches.</summary>
internal interface IConstant
{
    static abstract int Value { get; }
}
