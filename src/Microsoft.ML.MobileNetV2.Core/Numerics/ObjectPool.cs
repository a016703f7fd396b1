namespace Microsoft.ML.MobileNetV2.Numerics;

/// <summary>Keeps a few objects for later use; taking and returning allocate nothing while the pool has one.</summary>
internal sealed class ObjectPool<T>(Func<T> create)
    where T : class
{
    private readonly T?[] _kept = new T?[2 * Environment.ProcessorCount];

    internal T Take()
    {
        for (int i = 0; i < _kept.Length; i++)
        {
            if (Interlocked.Exchange(ref _kept[i], null) is { } kept)
            {
                return kept;
            }
        }

        return create();
    }

    internal void Return(T item)
    {
        for (int i = 0; i < _kept.Length; i++)
        {
            if (Interlocked.CompareExchange(ref _kept[i], item, null) is null)
            {
                return;
            }
        }
    }
}
