using System.Runtime.CompilerServices;
using Microsoft.ML.MobileNetV2.Imaging;
using Microsoft.ML.MobileNetV2.Network;

namespace Microsoft.ML.MobileNetV2.Inference;

/// <summary>Has the code that the first image needs compiled on idle processors, while weights or a model are read.</summary>
/// <remarks>
/// Nothing depends on it: of engines it knows the size of images at most, nobody waits for it, and what fails in it fails again where it is reported.
/// </remarks>
internal sealed class EngineWarmUp : IThreadPoolWorkItem
{
    private static bool _hasBegun;

    private readonly Action[] _parts;
    private int _begun;

    /// <param name="parts">What is run, each part once, on whatever thread; the most needed first.</param>
    internal EngineWarmUp(params Action[] parts) => _parts = parts;

    /// <summary>Begins, once in a process, where there is a processor for it and a compiler that needs the time.</summary>
    /// <param name="runtime">The runtime of the network that is read; null for <see cref="InferenceRuntime.Managed"/>.</param>
    /// <param name="first">What is run first, as it is needed before anything else; null for nothing.</param>
    /// <param name="last">What is run last, with a small network; null for nothing.</param>
    internal static void Begin(InferenceRuntime? runtime, Action? first = null, Action<NetworkSpecification>? last = null)
    {
        bool isOfUse = RuntimeFeature.IsDynamicCodeCompiled && Environment.ProcessorCount > 1 && (runtime ?? InferenceRuntime.Managed) is ManagedRuntime;
        if (isOfUse && !Interlocked.Exchange(ref _hasBegun, true))
        {
            Lazy<NetworkSpecification> network = new(NetworkWarmUp.CreateNetwork);
            EngineWarmUp warmUp = new(
                () => first?.Invoke(),
                () => ImageWarmUp.Run(),
                () => NetworkWarmUp.RunExpected(network.Value),
                () => last?.Invoke(network.Value));
            for (int thread = Math.Min(Environment.ProcessorCount - 1, warmUp._parts.Length); thread > 0; thread--)
            {
                ThreadPool.UnsafeQueueUserWorkItem(warmUp, preferLocal: false);
            }
        }
    }

    /// <summary>Runs the parts that no other thread has begun.</summary>
    public void Execute()
    {
        for (int part = Interlocked.Increment(ref _begun); part <= _parts.Length; part = Interlocked.Increment(ref _begun))
        {
            RunQuietly(_parts[part - 1]);
        }
    }

    private static void RunQuietly(Action part)
    {
        try
        {
            part();
        }
#pragma warning disable CA1031 // It would end the process; and the first image finds the same fault.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
