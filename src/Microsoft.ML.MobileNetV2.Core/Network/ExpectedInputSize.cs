namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Tells a warm-up of what size the images of the process will be: into which tiles a product is divided, and so what is compiled, follows from it.</summary>
internal sealed class ExpectedInputSize
{
    /// <summary>A larger network takes longer to run than to compile, and much memory.</summary>
    internal const int Max = 512;

    private const int Default = 192;

    private volatile int _size = Default;

    /// <summary>Gets what this process expects.</summary>
    internal static ExpectedInputSize OfProcess { get; } = new();

    /// <summary>Sets the size, unless it is too large.</summary>
    internal void Set(int size)
    {
        if (size <= Max)
        {
            _size = size;
        }
    }

    /// <summary>Runs something with the size, and again as long as another one is expected by then.</summary>
    internal void Run(Action<int> run)
    {
        int size;
        do
        {
            size = _size;
            run(size);
        }
        while (size != _size);
    }
}
